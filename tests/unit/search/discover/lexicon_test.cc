#include "search/discover/lexicon.h"

#include <gmock/gmock.h>

#include <random>

#include "search/discover/typed_words.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Texts(const std::vector<Counted>& found) {
  std::vector<std::string> texts;
  for (const Counted& entry : found)
    texts.push_back(entry.text);
  return texts;
}

std::vector<Counted> RandomWords(int count) {
  std::mt19937 random(5);
  std::vector<Counted> words;
  for (int i = 0; i < count; ++i) {
    std::string word;
    for (unsigned letters = 1 + random() % 4; letters > 0; --letters)
      word += static_cast<char>('a' + random() % 3);
    words.push_back({word, static_cast<uint32_t>(1 + random() % 5)});
  }
  std::sort(words.begin(), words.end(), [](const auto& l, const auto& r) { return l.text < r.text; });
  words.erase(std::unique(words.begin(), words.end(), [](const auto& l, const auto& r) { return l.text == r.text; }),
              words.end());
  return words;
}

// What a loop over all entries says.
std::vector<std::string> Expected(std::vector<Counted> entries, const std::string& prefix, size_t most) {
  std::erase_if(entries, [&](const Counted& entry) { return !entry.text.starts_with(prefix); });
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& l, const auto& r) { return l.articles > r.articles; });
  if (entries.size() > most) entries.resize(most);
  return Texts(entries);
}

TEST(PrefixTableTest, FindsWhatALoopFinds) {
  const std::vector<Counted> words = RandomWords(200);
  const PrefixTable table(words);
  for (const char* prefix : {"", "a", "ab", "abc", "c", "ccc", "cccc", "d", "b"}) {
    for (size_t most : {1, 3, 1000})
      EXPECT_EQ(Texts(table.Find(prefix, most)), Expected(words, prefix, most)) << prefix << " " << most;
  }
  EXPECT_THAT(PrefixTable().Find("a", 5), IsEmpty());
}

TEST(WordStartTableTest, FindsByTheBeginningOfAnyWord) {
  const WordStartTable table({{"Elbridge Colby", 3}, {"Colm Ó Brien", 7}, {"Port Alder", 9}, {"Bashar al-Bahri", 2}});
  EXPECT_THAT(Texts(table.Find("col", 9)), ElementsAre("Colm Ó Brien", "Elbridge Colby"));
  EXPECT_THAT(Texts(table.Find("elbridge c", 9)), ElementsAre("Elbridge Colby"));
  EXPECT_THAT(Texts(table.Find("bahri", 9)), ElementsAre("Bashar al-Bahri"));
  EXPECT_THAT(Texts(table.Find("o brien", 9)), ElementsAre("Colm Ó Brien"));
  EXPECT_THAT(Texts(table.Find("colby ", 9)), ElementsAre("Elbridge Colby"));
  EXPECT_THAT(Texts(table.Find("colb ", 9)), IsEmpty());
  EXPECT_THAT(Texts(table.Find("lder", 9)), IsEmpty());
}

TEST(WordStartTableTest, WhatHasTheSameWordsIsShownOnceAsMostHaveIt) {
  const WordStartTable table({{"Isar", 3}, {"ISAR", 7}, {"Isar Gate", 1}});
  EXPECT_THAT(Texts(table.Find("isa", 9)), ElementsAre("ISAR", "Isar Gate"));
}

TEST(LexiconTest, TheMostFrequentAreKeptInOrder) {
  std::vector<Counted> entries = {{"a", 1}, {"b", 5}, {"c", 1}, {"d", 9}};
  KeepMostFrequent(entries, 3);
  EXPECT_THAT(Texts(entries), ElementsAre("a", "b", "d"));
}

TEST(TypedWordsTest, TheLastWordIsOpenUntilSomethingFollows) {
  TypedWords typed = ReadTyped("Supreme Co");
  EXPECT_THAT(typed.whole, ElementsAre("supreme"));
  EXPECT_EQ(typed.last, "co");
  EXPECT_EQ(typed.before, "Supreme ");
  EXPECT_EQ(typed.key, "supreme co");
  typed = ReadTyped("Suprême court ");
  EXPECT_THAT(typed.whole, ElementsAre("supreme", "court"));
  EXPECT_EQ(typed.last, "");
  EXPECT_EQ(typed.key, "supreme court ");
  typed = ReadTyped("東京湾");
  EXPECT_THAT(typed.whole, ElementsAre("東京", "京湾"));
  EXPECT_EQ(typed.last, "");
  EXPECT_EQ(ReadTyped(" ?! ").key, "");
}

}  // namespace
}  // namespace broadsheet::search
