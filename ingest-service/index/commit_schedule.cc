#include "ingest/index/commit_schedule.h"

#include <algorithm>

namespace broadsheet::ingest {

CommitSchedule::CommitSchedule(Duration min_interval, Duration max_interval, size_t max_bytes)
    : min_interval_(min_interval), max_interval_(max_interval), max_bytes_(max_bytes) {}

void CommitSchedule::Added(Time now, size_t bytes) {
  if (!first_added_.has_value()) first_added_ = now;
  bytes_ += bytes;
}

void CommitSchedule::Committed(Time begin, Time end) {
  Dropped();
  last_commit_ = end;
  last_duration_ = end - begin;
}

void CommitSchedule::Dropped() {
  first_added_.reset();
  bytes_ = 0;
}

std::optional<CommitSchedule::Time> CommitSchedule::Due(bool idle) const {
  if (!first_added_.has_value()) return std::nullopt;
  const Time wanted = idle || full() ? *first_added_ : *first_added_ + max_interval_;
  if (!last_commit_.has_value()) return wanted;
  const Duration pause = idle && !full() ? std::min(min_interval_, kPauses * last_duration_) : min_interval_;
  return std::max(wanted, *last_commit_ + pause);
}

}  // namespace broadsheet::ingest
