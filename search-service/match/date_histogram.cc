#include "search/match/date_histogram.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/base/error.h"
#include "common/schema/encoding.h"
#include "search/match/timestamp.h"

namespace broadsheet::search {
namespace {

using Range = std::pair<int64_t, int64_t>;

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

}  // namespace

void DateHistogram::Count(std::string_view slot) {
  if (slot.empty()) {
    ++missing_;
    return;
  }
  int64_t micros = DecodeNumber(slot);
  auto bucket = Find(micros);
  if (bucket == buckets_.end()) {
    if (buckets_.size() > kMaxHistogramBuckets) return;  // Finish() refuses; no need to gather more
    auto [begin, end] = IntervalOf(micros, spec_.interval, spec_.time_zone);
    bucket = buckets_.emplace(begin, Bucket{end, 0}).first;
  }
  ++bucket->second.count;
}

DateHistogram::Buckets::iterator DateHistogram::Find(int64_t micros) {
  auto next = buckets_.upper_bound(micros);
  if (next == buckets_.begin()) return buckets_.end();
  auto bucket = std::prev(next);
  return micros < bucket->second.end ? bucket : buckets_.end();
}

absl::StatusOr<v1::FacetResult> DateHistogram::Finish() {
  if (buckets_.size() > kMaxHistogramBuckets) {
    return InvalidField(
        "FACET_BUCKETS", absl::StrCat("facets[", spec_.name, "].date_histogram.interval"),
        absl::StrCat("more than ", kMaxHistogramBuckets, " buckets: choose a wider interval, or filter by time"));
  }
  v1::FacetResult result;
  result.set_missing(missing_);
  for (const auto& [begin, bucket] : buckets_) {
    auto* filled = result.add_buckets();
    SetTimestamp(begin, *filled->mutable_time()->mutable_start());
    SetTimestamp(bucket.end, *filled->mutable_time()->mutable_end());
    filled->set_count(bucket.count);
  }
  return result;
}

}  // namespace broadsheet::search
