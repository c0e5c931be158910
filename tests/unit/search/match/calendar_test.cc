#include "search/match/calendar.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace broadsheet::search {
namespace {

constexpr int64_t kMicros = 1'000'000;

absl::TimeZone Zone(const char* name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone)) << name;
  return zone;
}

TEST(CalendarTest, IntervalsDivideTimeWithoutGapsHoweverOftenTheyAreAskedFor) {
  std::mt19937_64 random(1);
  for (const char* zone : {"UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe"}) {
    for (const auto interval : {v1::DATE_INTERVAL_HOUR, v1::DATE_INTERVAL_DAY, v1::DATE_INTERVAL_WEEK,
                                v1::DATE_INTERVAL_MONTH, v1::DATE_INTERVAL_YEAR}) {
      Calendar calendar(interval, Zone(zone));
      for (int i = 0; i < 3'000; ++i) {
        const int64_t micros = (1'540'000'000 + static_cast<int64_t>(random() % 20'000'000)) * kMicros;
        const uint32_t number = calendar.NumberOf(micros);
        const Calendar::Interval found = calendar[number];
        ASSERT_LE(found.begin, micros) << zone;
        ASSERT_LT(micros, found.end) << zone;
        ASSERT_EQ(calendar.NumberOf(found.begin), number) << zone;
        ASSERT_EQ(calendar.NumberOf(found.end - 1), number) << zone;
        ASSERT_EQ(calendar[calendar.NumberOf(found.end)].begin, found.end) << zone;
      }
    }
  }
}

TEST(CalendarTest, AThreadKeepsAFewAndThoseInUseStay) {
  const auto first = Calendar::Of(v1::DATE_INTERVAL_DAY, absl::UTCTimeZone());
  const uint32_t number = first->NumberOf(1'700'000'000 * kMicros);
  EXPECT_EQ(Calendar::Of(v1::DATE_INTERVAL_DAY, absl::UTCTimeZone()), first);
  EXPECT_NE(Calendar::Of(v1::DATE_INTERVAL_HOUR, absl::UTCTimeZone()), first);
  std::vector<std::shared_ptr<Calendar>> others;
  for (const char* zone : {"Europe/Berlin", "Asia/Tokyo", "America/New_York", "Asia/Kolkata"})
    others.push_back(Calendar::Of(v1::DATE_INTERVAL_DAY, Zone(zone)));
  EXPECT_NE(Calendar::Of(v1::DATE_INTERVAL_DAY, absl::UTCTimeZone()), first) << "it was not asked for for long";
  EXPECT_EQ(first->NumberOf(1'700'000'000 * kMicros), number);
  const Calendar::Interval day = (*others[1])[others[1]->NumberOf(1'700'000'000 * kMicros)];
  EXPECT_EQ(day.begin, 1'699'974'000 * kMicros) << "midnight in Tokyo";
}

TEST(CalendarTest, OneThatHasGrownLargeIsBegunAnew) {
  const auto large = Calendar::Of(v1::DATE_INTERVAL_HOUR, absl::UTCTimeZone());
  for (int64_t hour = 0; large->size() < (1 << 16); ++hour)
    large->NumberOf(hour * 3'600 * kMicros);
  EXPECT_NE(Calendar::Of(v1::DATE_INTERVAL_HOUR, absl::UTCTimeZone()), large);
}

}  // namespace
}  // namespace broadsheet::search
