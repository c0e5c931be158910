#include "search/match/date_histogram.h"

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "search/match/timestamp.h"

namespace broadsheet::search {
namespace {

constexpr uint32_t kNoBucket = ~0U;

}  // namespace

DateHistogram::DateHistogram(const FacetSpec& spec)
    : spec_(spec), calendar_(Calendar::Of(spec.interval, spec.time_zone)), numbers_(calendar_->size(), kNoBucket) {
  if (spec.measured()) measures_.emplace(spec);
}

void DateHistogram::BeginShard(const ShardView& shard) {
  times_ = &shard.columns->Numbers(spec_.field->id);
  if (measures_.has_value()) measures_->BeginShard(shard);
}

void DateHistogram::Count(std::span<const Xapian::docid> docids) {
  for (Xapian::docid docid : docids) {
    const int64_t micros = (*times_)[docid];
    const bool again = last_.begin <= micros && micros < last_.end;
    if (!again && !Find(micros)) continue;
    ++buckets_[last_number_].count;
    if (measures_.has_value()) measures_->Add(last_number_, docid);
  }
}

// Makes the bucket of a time the one met last. False when it counts nowhere.
bool DateHistogram::Find(int64_t micros) {
  if (micros == kNoNumber) {
    ++missing_;
    return false;
  }
  if (buckets_.size() > kMaxHistogramBuckets) return false;  // Finish() refuses; no need to gather more
  const uint32_t interval = calendar_->NumberOf(micros);
  last_ = (*calendar_)[interval];
  last_number_ = BucketOf(interval);
  return true;
}

uint32_t DateHistogram::BucketOf(uint32_t interval) {
  if (interval >= numbers_.size()) numbers_.resize(interval + 1, kNoBucket);
  uint32_t& number = numbers_[interval];
  if (number == kNoBucket) {
    number = static_cast<uint32_t>(buckets_.size());
    buckets_.push_back({interval, 0});
  }
  return number;
}

std::vector<uint32_t> DateHistogram::InOrder() const {
  std::vector<uint32_t> numbers(buckets_.size());
  std::iota(numbers.begin(), numbers.end(), 0);
  const auto begin_of = [this](uint32_t number) { return (*calendar_)[buckets_[number].interval].begin; };
  std::sort(numbers.begin(), numbers.end(), [&](uint32_t a, uint32_t b) { return begin_of(a) < begin_of(b); });
  return numbers;
}

absl::StatusOr<v1::FacetResult> DateHistogram::Finish() {
  if (buckets_.size() > kMaxHistogramBuckets) {
    return InvalidField(
        "FACET_BUCKETS", absl::StrCat("facets[", spec_.name, "].date_histogram.interval"),
        absl::StrCat("more than ", kMaxHistogramBuckets, " buckets: choose a wider interval, or filter by time"));
  }
  v1::FacetResult result;
  result.set_missing(missing_);
  for (const uint32_t number : InOrder()) {
    const Calendar::Interval& interval = (*calendar_)[buckets_[number].interval];
    auto* filled = result.add_buckets();
    SetTimestamp(interval.begin, *filled->mutable_time()->mutable_start());
    SetTimestamp(interval.end, *filled->mutable_time()->mutable_end());
    filled->set_count(buckets_[number].count);
    if (measures_.has_value()) measures_->Fill(number, *filled);
  }
  return result;
}

}  // namespace broadsheet::search
