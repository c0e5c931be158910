#include "search/query/days.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace broadsheet::search {
namespace {

using absl::CivilDay;

TEST(Days, AreReadAsADayAMonthAYearOrFromOneToAnother) {
  const std::pair<const char*, Days> cases[] = {
      {"2025-12-31", {CivilDay(2025, 12, 31), CivilDay(2025, 12, 31)}},
      {"2024-02", {CivilDay(2024, 2, 1), CivilDay(2024, 2, 29)}},
      {"2025", {CivilDay(2025, 1, 1), CivilDay(2025, 12, 31)}},
      {"2025-12-24..2026-01", {CivilDay(2025, 12, 24), CivilDay(2026, 1, 31)}},
      {"2025..2025-02-03", {CivilDay(2025, 1, 1), CivilDay(2025, 2, 3)}},
      {"2026-02-02..", {CivilDay(2026, 2, 2), CivilDay(9999, 12, 31)}},
      {"..1999", {CivilDay(1, 1, 1), CivilDay(1999, 12, 31)}},
  };
  for (const auto& [words, days] : cases)
    EXPECT_EQ(ReadDays(words), days) << words;
}

TEST(Days, AreNoneWhenNoSuchDayExistsOrTheyEndBeforeTheyBegin) {
  for (const char* words : {"",
                            "..",
                            "2025-13",
                            "2025-00",
                            "2025-02-29",
                            "2025-12-32",
                            "2025-12-00",
                            "0000",
                            "25-12-31",
                            "2025-1-2",
                            "20251231",
                            "2025-12-31T10",
                            "2025-12-31..2025-12-30",
                            "2025..2026..2027",
                            "2025-",
                            "2025-12-",
                            "x..2025",
                            "2025..yesterday",
                            "-2025",
                            "2025-+1",
                            "２０２５"}) {
    EXPECT_EQ(ReadDays(words), std::nullopt) << words;
  }
}

TEST(Days, AreWrittenInTheShortestForm) {
  const std::pair<const char*, const char*> cases[] = {
      {"2025-12-31", "2025-12-31"},
      {"2025-12", "2025-12"},
      {"2025-12-01..2025-12-31", "2025-12"},
      {"2025-01..2025-12", "2025"},
      {"2025-12-24..2026", "2025-12-24..2026-12-31"},
      {"2026-02..", "2026-02-01.."},
      {"..2026-02", "..2026-02-28"},
      {"0001-01-01..1999", "..1999-12-31"},
      {"0001", "0001"},
  };
  for (const auto& [words, shortest] : cases) {
    ASSERT_TRUE(ReadDays(words)) << words;
    EXPECT_EQ(WriteDays(*ReadDays(words)), shortest) << words;
    EXPECT_EQ(ReadDays(shortest), ReadDays(words)) << words;
  }
}

}  // namespace
}  // namespace broadsheet::search
