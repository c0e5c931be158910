#include "benchmarks/extraction_score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace broadsheet::benchmarks {
namespace {

using testing::DoubleEq;
using testing::DoubleNear;
using testing::ElementsAre;

TEST(ExtractionScore, WordsAreRunsOfLettersDigitsAndUnderscoresInEveryScript) {
  EXPECT_THAT(ScoredWords("It's 3.5% — été, 東京 №_1!"), ElementsAre("It", "s", "3", "5", "été", "東京", "_1"));
}

TEST(ExtractionScore, TheSameWordsScoreOneWhateverStandsBetweenThem) {
  const Score score = ShingleScore("one two\n\nthree, four five", "one two three four five");
  EXPECT_THAT(score.precision, DoubleEq(1));
  EXPECT_THAT(score.recall, DoubleEq(1));
  EXPECT_THAT(score.f1, DoubleEq(1));
}

TEST(ExtractionScore, ShinglesCountAsOftenAsTheyOccur) {
  // a b c d twice against once: shingles abcd x2, bcda, cdab, dabc against abcd.
  const Score score = ShingleScore("a b c d a b c d", "a b c d");
  EXPECT_THAT(score.precision, DoubleEq(0.2));
  EXPECT_THAT(score.recall, DoubleEq(1));
}

TEST(ExtractionScore, AShortTextIsOneShingle) {
  EXPECT_THAT(ShingleScore("two words", "two words").f1, DoubleEq(1));
  EXPECT_THAT(ShingleScore("two words", "two").f1, DoubleEq(0));
}

TEST(ExtractionScore, CaseMattersToShinglesButNotToRougeL) {
  EXPECT_THAT(ShingleScore("A B C D", "a b c d").f1, DoubleEq(0));
  EXPECT_THAT(RougeLScore("A B C D", "a b c d").f1, DoubleEq(1));
}

TEST(ExtractionScore, RougeLKeepsTheOrderOfWords) {
  // Longest common subsequence of "b a c x" and "a b c": two words.
  const Score score = RougeLScore("b a c x", "a b c");
  EXPECT_THAT(score.precision, DoubleEq(2.0 / 4));
  EXPECT_THAT(score.recall, DoubleEq(2.0 / 3));
}

TEST(ExtractionScore, RougeLOfLongTextsCarriesOverTheBlocks) {
  std::string gold, prediction;
  for (int i = 0; i < 500; ++i) {
    gold += std::to_string(i) + " ";
    prediction += "noise " + std::to_string(i) + " ";
  }
  EXPECT_THAT(RougeLScore(prediction, gold).recall, DoubleEq(1));
  EXPECT_THAT(RougeLScore(prediction, gold).precision, DoubleEq(0.5));
}

TEST(ExtractionScore, TwoEmptyTextsAgreeAndOneEmptyTextScoresNothing) {
  EXPECT_THAT(ShingleScore("", "").f1, DoubleEq(1));
  EXPECT_THAT(ShingleScore("", "a b").f1, DoubleEq(0));
  EXPECT_THAT(ShingleScore("a b", "").f1, DoubleEq(0));
}

TEST(ExtractionScore, TheAverageIsOverPagesAndPassesOverMissingSides) {
  ScoreAverage average;
  average.Add(ShingleScore("a b c d", "a b c d"));
  average.Add(ShingleScore("", "a b c d"));  // no prediction: counts for recall only
  average.Add(ShingleScore("a b c d", ""));  // no gold: counts for precision only
  EXPECT_EQ(average.pages(), 3u);
  EXPECT_THAT(average.Total().precision, DoubleEq(0.5));
  EXPECT_THAT(average.Total().recall, DoubleEq(0.5));
  EXPECT_THAT(average.Total().f1, DoubleEq(0.5));
  EXPECT_THAT(average.MeanF1(), DoubleNear(1.0 / 3, 1e-12));
}

}  // namespace
}  // namespace broadsheet::benchmarks
