#include "search/discover/likelihood.h"

#include <gtest/gtest.h>

namespace broadsheet::search {
namespace {

TEST(LikelihoodTest, IsTheOneOfThePaper) {
  // Table 1 of Dunning (1993): "the swiss".
  EXPECT_NEAR(LogLikelihoodRatio({110, 110 + 2442}, {111, 111 + 29114}), 270.72, 0.01);
}

TEST(LikelihoodTest, OnlyLargerSharesCount) {
  EXPECT_EQ(LogLikelihoodRatio({1, 10}, {10, 100}), 0);
  EXPECT_EQ(LogLikelihoodRatio({0, 10}, {10, 100}), 0);
  EXPECT_GT(LogLikelihoodRatio({10, 10}, {0, 100}), 0);
  EXPECT_GT(LogLikelihoodRatio({2, 10}, {10, 100}), 0);
}

TEST(LikelihoodTest, NothingToCompareWithSaysNothing) {
  EXPECT_EQ(LogLikelihoodRatio({5, 10}, {0, 0}), 0);
  EXPECT_EQ(LogLikelihoodRatio({0, 0}, {5, 10}), 0);
}

}  // namespace
}  // namespace broadsheet::search
