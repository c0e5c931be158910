#include "benchmarks/gold_days.h"

#include <gtest/gtest.h>

namespace broadsheet::benchmarks {
namespace {

TEST(GoldDays, StandOnAPageInAnyForm) {
  for (const char* page : {"<meta content=\"2025-06-21T10:00Z\">", "/2025/06/21/", "21.6.2025", "6/21/2025", "20250621",
                           "June 21, 2025", "Jun. 21 2025", "JUNE 21st, 2025", "21 June 2025", "21st of June 2025",
                           "21-Jun-2025", "{\"at\":1750500000}", "1750500000000"}) {
    EXPECT_TRUE(StandsOn(page, "2025-06-21")) << page;
  }
}

TEST(GoldDays, DoNotWhereThePageHasOthersOrTheDayIsNone) {
  const char* page = "2024-06-21, June 22, 2025, 22/6/2025, 1650500000, 17505000000, June 2025";
  EXPECT_FALSE(StandsOn(page, "2025-06-21"));
  EXPECT_FALSE(StandsOn("NaT", "NaT"));
}

}  // namespace
}  // namespace broadsheet::benchmarks
