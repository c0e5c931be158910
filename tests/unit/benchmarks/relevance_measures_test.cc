#include <gtest/gtest.h>

#include <cmath>

#include "benchmarks/relevance/measures.h"

namespace broadsheet::benchmarks {
namespace {

// By hand: relevant at ranks 1 and 3 of three relevant ones.
TEST(RelevanceMeasures, AreThoseOfTheirDefinitions) {
  const Ranking ranking = {"a", "x", "b", "y"};
  const Relevant relevant = {"a", "b", "c"};
  const double best = 1 + 1 / std::log2(3) + 1.0 / 2;
  EXPECT_DOUBLE_EQ(Ndcg(ranking, relevant, 10), (1 + 1.0 / 2) / best);
  EXPECT_DOUBLE_EQ(Ndcg(ranking, relevant, 2), 1 / (1 + 1 / std::log2(3)));
  EXPECT_DOUBLE_EQ(AveragePrecision(ranking, relevant), (1.0 + 2.0 / 3) / 3);
  EXPECT_DOUBLE_EQ(Recall(ranking, relevant, 100), 2.0 / 3);
  EXPECT_DOUBLE_EQ(Recall(ranking, relevant, 1), 1.0 / 3);
}

TEST(RelevanceMeasures, OfNothingAreZero) {
  EXPECT_EQ(Ndcg({"a"}, {}, 10), 0);
  EXPECT_EQ(AveragePrecision({}, {"a"}), 0);
  EXPECT_EQ(Recall({}, {"a"}, 100), 0);
}

TEST(RelevanceMeasures, AQueryWithoutARankingCountsInTheMean) {
  const Measures mean = Evaluate({{"1", {"a"}}}, {{"1", {"a"}}, {"2", {"b"}}});
  EXPECT_DOUBLE_EQ(mean.ndcg10, 0.5);
  EXPECT_DOUBLE_EQ(mean.map, 0.5);
  EXPECT_DOUBLE_EQ(mean.recall100, 0.5);
}

}  // namespace
}  // namespace broadsheet::benchmarks
