#include "search/match/number_stats.h"

#include <algorithm>

namespace broadsheet::search {

void NumberStats::BeginShard(const ShardView& shard) {
  numbers_ = &shard.columns->Numbers(spec_.field->id);
}

void NumberStats::Count(std::span<const Xapian::docid> docids) {
  for (Xapian::docid docid : docids) {
    const int64_t number = (*numbers_)[docid];
    if (number == kNoNumber) {
      ++missing_;
      continue;
    }
    min_ = count_ == 0 ? number : std::min(min_, number);
    max_ = count_ == 0 ? number : std::max(max_, number);
    sum_ += static_cast<double>(number);
    ++count_;
  }
}

absl::StatusOr<v1::FacetResult> NumberStats::Finish() {
  v1::FacetResult result;
  result.set_missing(missing_);
  v1::NumberStats& stats = *result.mutable_stats();
  stats.set_count(count_);
  if (count_ > 0) {
    stats.set_min(min_);
    stats.set_max(max_);
    stats.set_mean(sum_ / static_cast<double>(count_));
  }
  return result;
}

}  // namespace broadsheet::search
