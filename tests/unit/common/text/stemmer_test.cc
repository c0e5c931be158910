#include "common/text/stemmer.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet {
namespace {

TEST(StemmerTest, FormsOfAnEnglishWordShareAStem) {
  Stemmer stem("en");
  EXPECT_EQ(stem("elections"), stem("election"));
  EXPECT_EQ(stem("spending"), stem("spends"));
  EXPECT_EQ(stem("ministers"), "minist");
}

TEST(StemmerTest, EachLanguageHasItsOwn) {
  EXPECT_EQ(Stemmer("de")("wahlen"), Stemmer("de")("wahl"));
  EXPECT_EQ(Stemmer("fr")("gouvernements"), Stemmer("fr")("gouvernement"));
  EXPECT_EQ(Stemmer("ru")("выборов"), Stemmer("ru")("выборы"));
  EXPECT_NE(Stemmer("de")("spending"), Stemmer("en")("spending"));
}

TEST(StemmerTest, OnlyTheFirstSubtagCounts) {
  EXPECT_EQ(Stemmer("en-GB")("elections"), "elect");
  EXPECT_EQ(Stemmer("EN_us")("elections"), "elect");
  EXPECT_TRUE(HasStemmer("pt-BR"));
  EXPECT_TRUE(HasStemmer("nb"));
}

TEST(StemmerTest, LanguagesWithoutAStemmerKeepWords) {
  for (const char* language : {"", "und", "ja", "pl", "xx-en", "english"}) {
    EXPECT_FALSE(HasStemmer(language)) << language;
    EXPECT_EQ(Stemmer(language)("elections"), "elections") << language;
  }
}

TEST(StemmerTest, WordsWithDigitsStayAsTheyAre) {
  Stemmer stem("en");
  EXPECT_EQ(stem("1990s"), "1990s");
  EXPECT_EQ(stem("2+2"), "2+2");
  EXPECT_EQ(stem("a320s"), "a320s");
}

TEST(StemmerTest, ManyDifferentWordsDoNotConfuseIt) {
  Stemmer stem("en");
  for (int i = 0; i < 30'000; ++i) {
    std::string word = "w";
    for (int rest = i; rest > 0; rest /= 26)
      word.push_back(static_cast<char>('a' + rest % 26));
    stem(word + "q");
  }
  EXPECT_EQ(stem("elections"), "elect");
  EXPECT_EQ(stem("elections"), "elect");
}

TEST(StemmerTest, AMovedStemmerWorks) {
  Stemmer first("en");
  Stemmer second = std::move(first);
  EXPECT_EQ(second("elections"), "elect");
}

}  // namespace
}  // namespace broadsheet
