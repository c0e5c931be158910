#include "search/match/date_histogram.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/base/error.h"
#include "search/match/timestamp.h"

namespace broadsheet::search {
namespace {

using Range = std::pair<int64_t, int64_t>;

constexpr uint32_t kNoBucket = ~0U;
constexpr size_t kRecent = 16'384;
constexpr int64_t kMicrosPerHour = 3'600'000'000;

// The interval of type Civil that holds `time`. What the clock shows at `time` may lie in the interval before or after
// it where the clocks were turned back over its edge.
template <typename Civil>
Range IntervalOf(absl::Time time, const absl::TimeZone& zone, Civil begin, int64_t step) {
  while (absl::FromCivil(begin, zone) > time)
    begin -= step;
  while (absl::FromCivil(begin + step, zone) <= time)
    begin += step;
  return {absl::ToUnixMicros(absl::FromCivil(begin, zone)), absl::ToUnixMicros(absl::FromCivil(begin + step, zone))};
}

Range IntervalOf(int64_t micros, v1::DateInterval interval, const absl::TimeZone& zone) {
  absl::Time time = absl::FromUnixMicros(micros);
  absl::CivilSecond now = absl::ToCivilSecond(time, zone);
  switch (interval) {
    case v1::DATE_INTERVAL_HOUR:
      return IntervalOf(time, zone, absl::CivilHour(now), 1);
    case v1::DATE_INTERVAL_DAY:
      return IntervalOf(time, zone, absl::CivilDay(now), 1);
    case v1::DATE_INTERVAL_WEEK: {
      absl::CivilDay today(now);
      return IntervalOf(time, zone, absl::PrevWeekday(today + 1, absl::Weekday::monday), 7);
    }
    case v1::DATE_INTERVAL_YEAR:
      return IntervalOf(time, zone, absl::CivilYear(now), 1);
    default:
      return IntervalOf(time, zone, absl::CivilMonth(now), 1);
  }
}

// Short enough that few stretches have two intervals in them, long enough that years of them have places of their own.
int64_t StretchFor(v1::DateInterval interval) {
  if (interval == v1::DATE_INTERVAL_HOUR) return kMicrosPerHour / 4;
  return interval == v1::DATE_INTERVAL_DAY ? kMicrosPerHour : 24 * kMicrosPerHour;
}

}  // namespace

DateHistogram::DateHistogram(const FacetSpec& spec)
    : spec_(spec), stretch_(StretchFor(spec.interval)), recent_(kRecent, kNoBucket) {
  if (spec.measured()) measures_.emplace(spec);
}

void DateHistogram::BeginShard(const ShardView& shard) {
  times_ = &shard.columns->Numbers(spec_.field->id);
  if (measures_.has_value()) measures_->BeginShard(shard);
}

void DateHistogram::Count(std::span<const Xapian::docid> docids) {
  for (Xapian::docid docid : docids) {
    const int64_t micros = (*times_)[docid];
    if (micros == kNoNumber) {
      ++missing_;
      continue;
    }
    const uint32_t number = BucketOf(micros);
    if (number == kNoBucket) continue;
    ++buckets_[number].count;
    if (measures_.has_value()) measures_->Add(number, docid);
  }
}

uint32_t DateHistogram::BucketOf(int64_t micros) {
  uint32_t& recent = recent_[static_cast<uint64_t>(micros / stretch_) % kRecent];
  const bool holds = recent != kNoBucket && buckets_[recent].begin <= micros && micros < buckets_[recent].end;
  if (!holds) recent = FindBucket(micros);
  return recent;
}

uint32_t DateHistogram::FindBucket(int64_t micros) {
  auto next = by_begin_.upper_bound(micros);
  if (next != by_begin_.begin()) {
    const uint32_t number = std::prev(next)->second;
    if (micros < buckets_[number].end) return number;
  }
  if (buckets_.size() > kMaxHistogramBuckets) return kNoBucket;  // Finish() refuses; no need to gather more
  const auto [begin, end] = IntervalOf(micros, spec_.interval, spec_.time_zone);
  by_begin_.emplace(begin, static_cast<uint32_t>(buckets_.size()));
  buckets_.push_back({begin, end, 0});
  return static_cast<uint32_t>(buckets_.size()) - 1;
}

absl::StatusOr<v1::FacetResult> DateHistogram::Finish() {
  if (buckets_.size() > kMaxHistogramBuckets) {
    return InvalidField(
        "FACET_BUCKETS", absl::StrCat("facets[", spec_.name, "].date_histogram.interval"),
        absl::StrCat("more than ", kMaxHistogramBuckets, " buckets: choose a wider interval, or filter by time"));
  }
  v1::FacetResult result;
  result.set_missing(missing_);
  for (const auto& [begin, number] : by_begin_) {
    auto* filled = result.add_buckets();
    SetTimestamp(begin, *filled->mutable_time()->mutable_start());
    SetTimestamp(buckets_[number].end, *filled->mutable_time()->mutable_end());
    filled->set_count(buckets_[number].count);
    if (measures_.has_value()) measures_->Fill(number, *filled);
  }
  return result;
}

}  // namespace broadsheet::search
