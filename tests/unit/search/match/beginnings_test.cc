#include "search/match/beginnings.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include "common/text/tokenizer.h"

namespace broadsheet::search {
namespace {

Beginnings Of(std::initializer_list<std::string_view> all) {
  Beginnings beginnings;
  for (std::string_view one : all)
    beginnings.Add(one);
  return beginnings;
}

TEST(BeginningsTest, OfAFoldedWord) {
  const Beginnings beginnings = Of({"ele", "do", "2"});
  EXPECT_TRUE(beginnings.IsOneOf("election"));
  EXPECT_TRUE(beginnings.IsOneOf("do"));
  EXPECT_TRUE(beginnings.IsOneOf("2024"));
  EXPECT_FALSE(beginnings.IsOneOf("el"));
  EXPECT_FALSE(beginnings.IsOneOf("select"));
}

TEST(BeginningsTest, EveryWordBeginsWithAnEmptyOne) {
  EXPECT_TRUE(Of({"x", ""}).IsOneOf("harbour"));
  EXPECT_TRUE(Of({""}).MayBeIn("The harbour."));
}

TEST(BeginningsTest, PlainTextWithoutThemIsToldFromTextWithThem) {
  const Beginnings beginnings = Of({"ele", "us"});
  EXPECT_FALSE(beginnings.MayBeIn(""));
  EXPECT_FALSE(
      beginnings.MayBeIn("We reselected 12 \u201cdelegates\u201d \u2013 who\u2019d rule, at\u00a0$3.5bn\u2026\n"));
  for (const char* text : {"Elections", "an (ELEGANT) move", "the U.S. said", "ele", "a Caf\u00e9", "e\u00adlected",
                           "e\u0301lan", "\uff25\uff4c\uff45", "l'\u00c9lys\u00e9e", "d\u2019election"}) {
    EXPECT_TRUE(beginnings.MayBeIn(text)) << text;
  }
}

// The promise: where a token begins with one of them, the text is never passed over.
TEST(BeginningsTest, NoTokenIsPassedOver) {
  constexpr std::array kPieces = {"a",      "e",      "s",      "S",      "U",         "T",        "2",      "5",
                                  "+",      " ",      ".",      ",",      "'",         "&",        "-",      "%",
                                  "#",      "_",      "\u2019", "\u00ad", "\u200b",    "\u0301",   "\u00e9", "\u201c",
                                  "\uff21", "\u00a0", "\u65e5", "\u00df", " per cent", "l\u00b7l", "\u00bd", "/"};
  std::mt19937_64 random(1);
  size_t found = 0;
  for (int i = 0; i < 200'000; ++i) {
    // Few kinds of pieces in each text, so that they meet in every order.
    std::array<size_t, 5> kinds;
    for (size_t& kind : kinds)
      kind = random() % kPieces.size();
    std::string text;
    for (auto pieces = 1 + random() % 8; pieces > 0; --pieces)
      text += kPieces[kinds[random() % kinds.size()]];
    for (const OwnedToken& token : Tokenize(text)) {
      if (token.text.empty()) continue;
      const std::string beginning = token.text.substr(0, 1 + random() % token.text.size());
      const Beginnings beginnings = Of({beginning});
      ASSERT_TRUE(beginnings.IsOneOf(token.text));
      ASSERT_TRUE(beginnings.MayBeIn(text)) << text << ": " << beginning;
      ++found;
    }
  }
  EXPECT_GT(found, 200'000);
}

}  // namespace
}  // namespace broadsheet::search
