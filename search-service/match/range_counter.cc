#include "search/match/range_counter.h"

#include <algorithm>
#include <limits>

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

RangeCounter::RangeCounter(const FacetSpec& spec) : spec_(spec) {
  for (const FacetRange& range : spec.ranges) {
    begins_.push_back(range.min);
    if (range.max != kNoMax) begins_.push_back(range.max + 1);
  }
  std::sort(begins_.begin(), begins_.end());
  begins_.erase(std::unique(begins_.begin(), begins_.end()), begins_.end());
  counts_.resize(begins_.size() + 1);
  if (spec.measured()) measures_.emplace(spec);
}

void RangeCounter::BeginShard(const ShardView& shard) {
  numbers_ = &shard.columns->Numbers(spec_.field->id);
  if (measures_.has_value()) measures_->BeginShard(shard);
}

size_t RangeCounter::PieceOf(int64_t number) const {
  return static_cast<size_t>(std::upper_bound(begins_.begin(), begins_.end(), number) - begins_.begin());
}

void RangeCounter::Count(std::span<const Xapian::docid> docids) {
  for (Xapian::docid docid : docids) {
    const int64_t number = (*numbers_)[docid];
    if (number == kNoNumber) {
      ++missing_;
      continue;
    }
    ++counts_[PieceOf(number)];
    if (measures_.has_value()) Measure(number, docid);
  }
}

void RangeCounter::Measure(int64_t number, Xapian::docid docid) {
  for (uint32_t i = 0; i < spec_.ranges.size(); ++i) {
    if (spec_.ranges[i].min <= number && number <= spec_.ranges[i].max) measures_->Add(i, docid);
  }
}

absl::StatusOr<v1::FacetResult> RangeCounter::Finish() {
  v1::FacetResult result;
  result.set_missing(missing_);
  for (uint32_t i = 0; i < spec_.ranges.size(); ++i) {
    const FacetRange& range = spec_.ranges[i];
    auto* bucket = result.add_buckets();
    if (spec_.kind == FacetKind::kTimeRanges) {
      SetTimes(range, *bucket->mutable_time());
    } else {
      SetNumbers(range, *bucket->mutable_number());
    }
    int64_t count = 0;
    for (size_t piece = PieceOf(range.min); range.min <= range.max && piece <= PieceOf(range.max); ++piece)
      count += counts_[piece];
    bucket->set_count(count);
    if (measures_.has_value()) measures_->Fill(i, *bucket);
  }
  return result;
}

}  // namespace broadsheet::search
