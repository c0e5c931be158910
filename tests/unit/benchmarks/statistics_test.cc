#include "benchmarks/statistics.h"

#include <gtest/gtest.h>

namespace broadsheet::benchmarks {
namespace {

TEST(StatisticsTest, QuantilesLieBetweenTheNearestNumbers) {
  EXPECT_EQ(Quantile({}, 0.5), 0);
  EXPECT_EQ(Quantile({7}, 0.99), 7);
  EXPECT_EQ(Quantile({3, 1, 2}, 0.5), 2);
  EXPECT_EQ(Quantile({4, 1}, 0.5), 2.5) << "the median of two is neither of them";
  EXPECT_EQ(Quantile({0, 10, 20, 30, 40}, 0.95), 38);
  EXPECT_EQ(MedianAndSpread({4, 1}, 1), "2.5 (1.0-4.0)");
}

}  // namespace
}  // namespace broadsheet::benchmarks
