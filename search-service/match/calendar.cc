#include "search/match/calendar.h"

#include <algorithm>
#include <deque>

#include "absl/time/civil_time.h"

namespace broadsheet::search {
namespace {

constexpr uint32_t kNoInterval = ~0U;
constexpr size_t kRecent = 16'384;
constexpr size_t kKept = 4;                 // calendars of a thread
constexpr size_t kMostIntervals = 1 << 14;  // of one that is taken again

// The interval of type Civil that holds `time`. What the clock shows at `time` may lie in the interval before or after
// it where the clocks were turned back over its edge.
template <typename Civil>
Calendar::Interval IntervalOf(absl::Time time, const absl::TimeZone& zone, Civil begin, int64_t step) {
  absl::Time start = absl::FromCivil(begin, zone);
  while (start > time)
    start = absl::FromCivil(begin -= step, zone);
  absl::Time end = absl::FromCivil(begin + step, zone);
  while (end <= time) {
    start = end;
    end = absl::FromCivil((begin += step) + step, zone);
  }
  return {absl::ToUnixMicros(start), absl::ToUnixMicros(end)};
}

Calendar::Interval IntervalOf(int64_t micros, v1::DateInterval interval, const absl::TimeZone& zone) {
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

// Short enough that few stretches have two intervals in them, long enough that years of them have places of their own:
// 18 minutes, 72 minutes and 19 hours.
int StretchBitsFor(v1::DateInterval interval) {
  if (interval == v1::DATE_INTERVAL_HOUR) return 30;
  return interval == v1::DATE_INTERVAL_DAY ? 32 : 36;
}

}  // namespace

std::shared_ptr<Calendar> Calendar::Of(v1::DateInterval interval, const absl::TimeZone& zone) {
  thread_local std::deque<std::shared_ptr<Calendar>> kept;
  const auto same = [&](const auto& one) { return one->interval_ == interval && one->zone_ == zone; };
  auto found = std::find_if(kept.begin(), kept.end(), same);
  if (found != kept.end() && (*found)->size() < kMostIntervals) return *found;
  if (found != kept.end()) kept.erase(found);
  if (kept.size() == kKept) kept.pop_back();
  kept.push_front(std::make_shared<Calendar>(interval, zone));
  return kept.front();
}

Calendar::Calendar(v1::DateInterval interval, const absl::TimeZone& zone)
    : interval_(interval), zone_(zone), stretch_bits_(StretchBitsFor(interval)), recent_(kRecent, kNoInterval) {}

uint32_t Calendar::NumberOf(int64_t micros) {
  uint32_t& recent = recent_[static_cast<uint64_t>(micros >> stretch_bits_) % kRecent];
  const bool holds = recent != kNoInterval && intervals_[recent].begin <= micros && micros < intervals_[recent].end;
  if (!holds) recent = Find(micros);
  return recent;
}

uint32_t Calendar::Find(int64_t micros) {
  auto next = by_begin_.upper_bound(micros);
  if (next != by_begin_.begin()) {
    const uint32_t number = std::prev(next)->second;
    if (micros < intervals_[number].end) return number;
  }
  const Interval interval = IntervalOf(micros, interval_, zone_);
  by_begin_.emplace(interval.begin, static_cast<uint32_t>(intervals_.size()));
  intervals_.push_back(interval);
  return static_cast<uint32_t>(intervals_.size()) - 1;
}

}  // namespace broadsheet::search
