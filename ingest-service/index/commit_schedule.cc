#include "ingest/index/commit_schedule.h"

#include <algorithm>

namespace broadsheet::ingest {

CommitSchedule::CommitSchedule(Duration min_interval, Duration max_interval, size_t max_bytes)
    : min_interval_(min_interval), max_interval_(max_interval), max_bytes_(max_bytes) {}

void CommitSchedule::Added(Time now, size_t bytes) {
  if (!first_added_.has_value()) first_added_ = now;
  bytes_ += bytes;
}

void CommitSchedule::Committed(Time now) {
  Dropped();
  last_commit_ = now;
}

void CommitSchedule::Dropped() {
  first_added_.reset();
  bytes_ = 0;
}

std::optional<CommitSchedule::Time> CommitSchedule::Due(bool idle) const {
  if (!first_added_.has_value()) return std::nullopt;
  Time wanted = idle || full() ? *first_added_ : *first_added_ + max_interval_;
  return last_commit_.has_value() ? std::max(wanted, *last_commit_ + min_interval_) : wanted;
}

}  // namespace broadsheet::ingest
