#include "search/columns/dictionary.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace broadsheet::search {
namespace {

TEST(DictionaryTest, ItAgreesWithAMapWhileItGrowsAndIsCopied) {
  std::mt19937 random(3);
  std::map<std::string, uint32_t> expected;
  Dictionary dictionary;
  for (int i = 0; i < 20'000; ++i) {
    if (i % 1'000 == 0) dictionary = Dictionary(dictionary);
    std::string value(random() % 4, static_cast<char>('a' + random() % 26));
    value += std::to_string(random() % 5'000);
    auto [place, added] = expected.try_emplace(value, static_cast<uint32_t>(expected.size() + 1));
    EXPECT_EQ(dictionary.Find(value), added ? 0 : place->second);
    EXPECT_EQ(dictionary.Add(value), place->second);
  }
  EXPECT_EQ(dictionary.size(), expected.size() + 1);
  for (const auto& [value, ordinal] : expected)
    EXPECT_EQ(dictionary[ordinal], value);
  EXPECT_EQ(dictionary.Find("nowhere"), 0u);
  EXPECT_EQ(dictionary[0], "");
}

TEST(DictionaryTest, TheEmptyValueAndTheZeroByteAreValues) {
  Dictionary dictionary;
  const std::string zero(1, '\0');
  EXPECT_EQ(dictionary.Add(""), 1u);
  EXPECT_EQ(dictionary.Add(zero), 2u);
  EXPECT_EQ(dictionary.Find(""), 1u);
  EXPECT_EQ(dictionary[2], zero);
}

}  // namespace
}  // namespace broadsheet::search
