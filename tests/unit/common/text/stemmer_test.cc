#include "common/text/stemmer.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

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

// Words of syllables and of the endings that the rules of English look for, which also try those of other languages.
std::vector<std::string> MadeUpWords(int count) {
  constexpr std::array kSyllables = {"b", "a",   "dy",  "tri", "ly", "so", "hop",
                                     "e", "gen", "ski", "oll", "y",  "ar", "bi"};
  constexpr std::array kEndings = {"",     "s",    "ies",   "ied",     "ing", "ed",      "eedly",   "ying",
                                   "ally", "ence", "ently", "biliti",  "bly", "ability", "ational", "izer",
                                   "ism",  "ous",  "ogi",   "iveness", "'s",  "e",       "ll",      "ibilities"};
  std::mt19937_64 random(1);
  std::vector<std::string> words;
  for (int i = 0; i < count; ++i) {
    std::string word = kSyllables[random() % kSyllables.size()];
    for (auto more = random() % 4; more > 0; --more)
      word += kSyllables[random() % kSyllables.size()];
    for (auto more = random() % 3; more > 0; --more)
      word += kEndings[random() % kEndings.size()];
    words.push_back(std::move(word));
  }
  words.insert(words.end(), {"dying", "lying", "tying", "skies", "skis", "idly", "gently", "ugly", "early", "only"});
  return words;
}

TEST(StemmerTest, AWordBeginsWithWhatItsStemTells) {
  for (const char* language : {"en", "en-GB", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "nb", "nn",
                               "fi", "ru",    "hu", "ro", "ca", "eu", "tr", "ar", "ga", "id", "ja", ""}) {
    const Stemmer stemmer(language);
    for (const std::string& word : MadeUpWords(20'000)) {
      const std::string stem = stemmer(word);
      const std::string_view beginning = BeginningOfWords(language, stem);
      ASSERT_EQ(beginning, stem.substr(0, beginning.size()));
      ASSERT_EQ(beginning, word.substr(0, beginning.size())) << language << ": " << word << " -> " << stem;
    }
  }
  EXPECT_EQ(BeginningOfWords("en", "elect"), "ele");
  EXPECT_EQ(BeginningOfWords("en", "die"), "d");
  EXPECT_EQ(BeginningOfWords("de", "wahl"), "w");
  EXPECT_EQ(BeginningOfWords("ga", "capall"), "");
  EXPECT_EQ(BeginningOfWords("ja", "elections"), "elections");
}

TEST(StemmerTest, AMovedStemmerWorks) {
  Stemmer first("en");
  Stemmer second = std::move(first);
  EXPECT_EQ(second("elections"), "elect");
}

}  // namespace
}  // namespace broadsheet
