#include "search/match/range_counter.h"

#include <limits>

#include "common/schema/encoding.h"
#include "search/match/timestamp.h"

namespace broadsheet::search {
namespace {

constexpr int64_t kNoMin = std::numeric_limits<int64_t>::min();
constexpr int64_t kNoMax = std::numeric_limits<int64_t>::max();

void SetNumbers(const FacetRange& range, v1::NumberRange& bucket) {
  if (range.min != kNoMin) bucket.set_min(range.min);
  if (range.max != kNoMax) bucket.set_max(range.max);
}

// Ranges are kept inclusive; callers see them half open.
void SetTimes(const FacetRange& range, v1::TimeRange& bucket) {
  if (range.min != kNoMin) SetTimestamp(range.min, *bucket.mutable_start());
  if (range.max != kNoMax) SetTimestamp(range.max + 1, *bucket.mutable_end());
}

}  // namespace

void RangeCounter::Count(std::string_view slot) {
  if (slot.empty()) {
    ++missing_;
    return;
  }
  int64_t value = DecodeNumber(slot);
  for (size_t i = 0; i < counts_.size(); ++i) {
    if (spec_.ranges[i].min <= value && value <= spec_.ranges[i].max) ++counts_[i];
  }
}

absl::StatusOr<v1::FacetResult> RangeCounter::Finish() {
  v1::FacetResult result;
  result.set_missing(missing_);
  for (size_t i = 0; i < counts_.size(); ++i) {
    auto* bucket = result.add_buckets();
    if (spec_.kind == FacetKind::kTimeRanges) {
      SetTimes(spec_.ranges[i], *bucket->mutable_time());
    } else {
      SetNumbers(spec_.ranges[i], *bucket->mutable_number());
    }
    bucket->set_count(counts_[i]);
  }
  return result;
}

}  // namespace broadsheet::search
