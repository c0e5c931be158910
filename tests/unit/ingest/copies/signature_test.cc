#include "ingest/copies/signature.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace broadsheet::ingest {
namespace {

using Words = std::vector<std::string>;

std::string Joined(const Words& words) {
  std::string text;
  for (const std::string& word : words)
    text += word + " ";
  return text;
}

Words RandomWords(size_t count, std::mt19937& random) {
  Words words;
  for (size_t i = 0; i < count; ++i)
    words.push_back("w" + std::to_string(random() % 100'000));
  return words;
}

// As the header defines it, by sets of words.
double ExactSimilarity(const Words& a, const Words& b) {
  auto runs = [](const Words& words) {
    std::set<std::string> set;
    for (size_t end = kShingleWords; end <= words.size(); ++end)
      set.insert(Joined(
          Words(words.begin() + static_cast<long>(end - kShingleWords), words.begin() + static_cast<long>(end))));
    return set;
  };
  const std::set<std::string> first = runs(a), second = runs(b);
  const auto both = std::count_if(first.begin(), first.end(), [&](const auto& run) { return second.contains(run); });
  return static_cast<double>(both) / static_cast<double>(first.size() + second.size() - static_cast<size_t>(both));
}

Signature Signed(const Words& words) {
  const auto signature = SignText(Joined(words));
  EXPECT_TRUE(signature.has_value());
  return signature.value_or(Signature{});
}

TEST(SignatureTest, EstimatesTheExactSimilarity) {
  std::mt19937 random(7);
  double error = 0, squares = 0;
  int pairs = 0;
  for (const size_t length : {kMinSignedWords, size_t{150}, size_t{400}, size_t{2'000}}) {
    for (size_t replaced = 0; replaced < length / 2; replaced += length / 40 + 1) {
      const Words words = RandomWords(length, random);
      Words other = words;
      for (size_t i = 0; i < replaced; ++i)
        other[random() % length] = "r" + std::to_string(random());
      const double difference = EstimateSimilarity(Signed(words), Signed(other)) - ExactSimilarity(words, other);
      EXPECT_LT(std::abs(difference), 0.2) << length << " words, " << replaced << " replaced";
      error += difference;
      squares += difference * difference;
      ++pairs;
    }
  }
  EXPECT_LT(std::abs(error / pairs), 0.02) << "it is not biased";
  EXPECT_LT(std::sqrt(squares / pairs), 0.05) << "the standard error that the header promises";
}

TEST(SignatureTest, UnrelatedTextsHaveNothingInCommon) {
  std::mt19937 random(8);
  for (int i = 0; i < 50; ++i)
    EXPECT_LT(EstimateSimilarity(Signed(RandomWords(300, random)), Signed(RandomWords(300, random))), 0.05);
}

TEST(SignatureTest, CaseAccentsPunctuationAndSpacingAreNoDifference) {
  std::mt19937 random(9);
  const Words words = RandomWords(100, random);
  Words other = words;
  other[3] = "W" + other[3].substr(1) + ",";
  other[40] = "\xE2\x80\x9C" + other[40] + "\xE2\x80\x9D\n\n";
  EXPECT_EQ(Signed(words), Signed(other));
}

TEST(SignatureTest, TheOrderOfParagraphsIsHardlyAny) {
  std::mt19937 random(10);
  Words words = RandomWords(400, random);
  const Signature before = Signed(words);
  std::rotate(words.begin(), words.begin() + 150, words.end());
  EXPECT_GT(EstimateSimilarity(before, Signed(words)), 0.9);
}

TEST(SignatureTest, ShortTextsHaveNone) {
  std::mt19937 random(11);
  const Words words = RandomWords(kMinSignedWords, random);
  EXPECT_TRUE(SignText(Joined(words)).has_value());
  EXPECT_FALSE(SignText(Joined(Words(words.begin() + 1, words.end()))).has_value());
  EXPECT_FALSE(SignText("").has_value());
}

TEST(SignatureTest, OneWordOverAndOverFillsEveryBin) {
  std::string text;
  for (size_t i = 0; i < kMinSignedWords; ++i)
    text += "ferry ";
  EXPECT_EQ(SignText(text), SignText(text + text));
}

// What is on disk depends on this: a change here needs a new kSchemaVersion.
TEST(SignatureTest, IsTheOneOfThisSchemaVersion) {
  std::string text;
  for (int i = 0; i < 100; ++i)
    text += "Number " + std::to_string(i) + " of the list. ";
  const auto signature = SignText(text);
  ASSERT_TRUE(signature.has_value());
  const std::vector<int> first(signature->begin(), signature->begin() + 8);
  EXPECT_EQ(first, (std::vector<int>{106, 229, 95, 39, 145, 66, 49, 246}));
}

}  // namespace
}  // namespace broadsheet::ingest
