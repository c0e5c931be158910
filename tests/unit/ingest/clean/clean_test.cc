#include "ingest/clean/clean.h"

#include <gtest/gtest.h>

#include <random>

#include "common/text/unicode.h"
#include "ingest/clean/rule.h"
#include "unit/ingest/clean/clean_text.h"

namespace broadsheet::ingest {
namespace {

struct Case {
  std::string dirty;
  std::string clean;
  std::string rules;  // of its edits, in order
};

std::string Rules(const EditedText& text) {
  std::string rules;
  for (const TextEdit& edit : text.edits())
    rules += (rules.empty() ? "" : " ") + std::string(edit.rule);
  return rules;
}

TEST(CleanTest, MendsCharactersAndSaysByWhichRule) {
  const std::vector<Case> cases = {
      {"plain and clean", "plain and clean", ""},
      {"caf\xE9 ol\xE9", "caf\xEF\xBF\xBD ol\xEF\xBF\xBD", "utf-8 utf-8"},
      {"Smith &amp; Sons &#8211; AT&T", "Smith & Sons – AT&T", "entity entity"},
      {"don&amp;#39;t", "don't", "entity"},
      {"in\xC2\xADvisible\xE2\x80\x8B", "invisible", "zero-width zero-width"},
      {"bell\x07 and \xC2\x85then", "bell and\n\nthen", "control paragraph"},
      {"&#5;&#5;end", "end", "control"},
      {"Cafe\xCC\x81", "Café", "nfc"},
      {"Café “quoted” 東京", "Café “quoted” 東京", ""},
      {"a \xC2\xA0 b\t c", "a b c", "whitespace whitespace"},
      {"  both ends \n", "both ends", "whitespace whitespace"},
      {"\xEF\xBB\xBFtop", "top", "zero-width"},
      {"می\xE2\x80\x8Cخواهم", "می\xE2\x80\x8Cخواهم", ""},
      {"a\xE2\x80\x8D"
       "b",
       "ab", "zero-width"},
      {"👩\xE2\x80\x8D🚒 at work", "👩\xE2\x80\x8D🚒 at work", ""},
  };
  for (const Case& c : cases) {
    const EditedText cleaned = CleanText(c.dirty);
    EXPECT_EQ(cleaned.text(), c.clean);
    EXPECT_EQ(Rules(cleaned), c.rules) << c.dirty;
    EXPECT_EQ(ApplyEdits(c.dirty, cleaned.edits()), cleaned.text());
  }
}

TEST(CleanTest, SeparatesParagraphsByOneBlankLine) {
  EXPECT_EQ(CleanText("One.\r\n\r\n\r\nTwo.\n \t\nThree.").text(), "One.\n\nTwo.\n\nThree.");
}

TEST(CleanTest, TakesSingleLineEndsOfScrapedTextForParagraphs) {
  const std::string long_line =
      "The harbour board met on Tuesday evening and agreed, after four hours, that the old ferry has to go this year.";
  EXPECT_EQ(CleanText("Harbour Board Gives Up The Old Ferry\n" + long_line + "\nBehind The Decision\nthe " + long_line)
                .text(),
            "Harbour Board Gives Up The Old Ferry\n\n" + long_line + "\n\nBehind The Decision\n\nthe " + long_line);
  EXPECT_EQ(CleanText("Port Alder\nMonday, June 2, 2025").text(), "Port Alder\n\nMonday, June 2, 2025");
}

TEST(CleanTest, JoinsTheLinesOfAWrappedParagraph) {
  EXPECT_EQ(
      CleanText("The harbour board met on Tuesday evening and agreed\n"
                "that the old ferry has to go. A new one will be\n"
                "built in Birch.\n"
                "    The mayor said the long-\n"
                "term costs were known.\n")
          .text(),
      "The harbour board met on Tuesday evening and agreed that the old ferry has to go. A new one will be built in "
      "Birch.\n\nThe mayor said the long-term costs were known.");
  EXPECT_EQ(CleanText("港の委員会は火曜日の夜に会合を開き、四時間の議論の後で、\n古い渡し船を今年で引退させることを決め"
                      "た。新しい船は来春、\n"
                      "バーチの造船所で建造される。町長は、費用は以前から分かって\nいたと述べた。")
                .text(),
            "港の委員会は火曜日の夜に会合を開き、四時間の議論の後で、古い渡し船を今年で引退させることを決めた。新しい船"
            "は来春、"
            "バーチの造船所で建造される。町長は、費用は以前から分かっていたと述べた。");
}

TEST(CleanTest, KeepsItemsAndRowsOnLinesOfTheirOwn) {
  EXPECT_EQ(CleanText("Costs:\n- Boat: 3 million\n- Pier: 1 million\nYear | Cost\n2024 | 3\nDone.").text(),
            "Costs:\n\n- Boat: 3 million\n- Pier: 1 million\n\nYear | Cost\n2024 | 3\n\nDone.");
}

TEST(CleanTest, KeepsItsPromisesForAnyMixtureOfDirt) {
  constexpr std::string_view kPieces[] = {"word",
                                          " ",
                                          "\n",
                                          "\n\n",
                                          "&amp;",
                                          "&#8217;",
                                          "\xC2\xA0",
                                          "\xE2\x80\x8B",
                                          "e\xCC\x81",
                                          "東京",
                                          "\xFF",
                                          "- ",
                                          " | ",
                                          ". ",
                                          "\r\n",
                                          "\t",
                                          "A",
                                          "\x01",
                                          "long sentence of many words here,"};
  for (unsigned seed = 0; seed < 500; ++seed) {
    std::mt19937 random(seed);
    std::string dirty;
    for (int i = 0; i < 40; ++i)
      dirty += kPieces[random() % std::size(kPieces)];
    const EditedText once = CleanText(dirty);
    ASSERT_TRUE(IsValidUtf8(once.text()));
    ASSERT_EQ(ApplyEdits(dirty, once.edits()), once.text()) << seed;
    ASSERT_EQ(once.text().find("\n\n\n"), std::string::npos);
    ASSERT_EQ(once.text().find("  "), std::string::npos);
  }
}

TEST(CleanLineTest, MakesOneLineOfAnything) {
  EXPECT_EQ(CleanLine(" Ferry\n late &amp;\tagain\xE2\x80\x8B "), "Ferry late & again");
  EXPECT_EQ(CleanLine("plain"), "plain");
  EXPECT_EQ(CleanLine(""), "");
}

}  // namespace
}  // namespace broadsheet::ingest
