#include "ingest/enrich/title.h"

#include <gtest/gtest.h>

#include "ingest/enrich/sentence.h"

namespace broadsheet::ingest {
namespace {

constexpr char kStory[] =
    "The harbour board met on Tuesday evening and agreed, after four hours of talk, that the old ferry has to go.";

FoundTitle Find(const std::string& body, std::string_view given = "", std::string_view markup = "") {
  return FindTitle(given, markup, body, ReadHead(body));
}

TEST(TitleTest, FindsTheHeadlineOnTheFirstLine) {
  for (const char* title : {"Harbour Board Gives Up The Old Ferry", "Old ferry to go, harbour board decides",
                            "Why Must the Old Ferry Go?", "Talks Fail. What Now for the Ferry?",
                            "Ferry Sold to Buyers in the U.S.", "“Not one more year” for the old ferry",
                            "港湾委員会、古い渡し船の引退を決定", "7 Reasons the Old Ferry Must Go"}) {
    const std::string body = std::string(title) + "\n\n" + kStory;
    const FoundTitle found = Find(body);
    EXPECT_EQ(found.title, title);
    EXPECT_EQ(found.origin, v1::ORIGIN_TEXT) << title;
    EXPECT_NE(found.line, nullptr);
  }
}

TEST(TitleTest, SkipsWeatherClockPlaceDateAndBylineOnTop) {
  for (const char* top :
       {"18.5 C", "72°F", "Partly cloudy, 18 °C", "10:45 AM", "Port Alder", "Monday, June 2, 2025", "By Ann Writer",
        "Ann Writer and Bob Author", "- Advertisement -", "Share", "https://a.example/b"}) {
    const std::string body = std::string(top) + "\n\nHarbour Board Gives Up The Old Ferry\n\n" + kStory;
    EXPECT_EQ(Find(body).title, "Harbour Board Gives Up The Old Ferry") << top;
  }
}

TEST(TitleTest, DerivesATitleWhenNoLineLooksLikeOne) {
  struct Case {
    std::string body;
    std::string title;
  };
  for (const Case& c : {
           Case{kStory,
                "The harbour board met on Tuesday evening and agreed, after four hours of talk, that the old ferry…"},
           {"The old ferry goes. More follows.", "The old ferry goes. More follows"},
           {"The old ferry to Port Alder goes. " + std::string(kStory), "The old ferry to Port Alder goes"},
           {"PORT ALDER (Wire) - The old ferry must go, the board said. More.",
            "The old ferry must go, the board said"},
           {"(Wire) The old ferry must go, the board said. More.", "The old ferry must go, the board said"},
           {"Mr. A. Smith of the U.S. Ferry Co. sold it on Monday. More.",
            "Mr. A. Smith of the U.S. Ferry Co. sold it on Monday"},
           {"Port Alder\n\n" + std::string("The old ferry to the island goes. More."),
            "The old ferry to the island goes"},
           {"ferry", "ferry"},
           {"古い渡し船が引退する。続報を待つ。", "古い渡し船が引退する"},
       }) {
    const FoundTitle found = Find(c.body);
    EXPECT_EQ(found.title, c.title);
    EXPECT_EQ(found.origin, v1::ORIGIN_DERIVED) << c.body;
    EXPECT_EQ(found.line, nullptr);
  }
}

TEST(TitleTest, DoesNotTakeAHeadingBelowRunningTextForTheTitle) {
  const std::string body = std::string(kStory) + "\n\nWhat The County Will Pay In Spring\n\n" + kStory;
  EXPECT_EQ(Find(body).origin, v1::ORIGIN_DERIVED);
}

TEST(TitleTest, TakesAHeadlineThatSaysWhatTheFirstParagraphSays) {
  const std::string body = std::string(kStory) + "\n\nHarbour Board Agrees That Old Ferry Must Go\n\n" + kStory;
  const FoundTitle found = Find(body);
  EXPECT_EQ(found.title, "Harbour Board Agrees That Old Ferry Must Go");
  EXPECT_EQ(found.origin, v1::ORIGIN_TEXT);
  EXPECT_EQ(found.line, nullptr) << "it stays a heading of the body";
}

TEST(TitleTest, DoesNotTakeItemsRowsOrTablesOfFiguresForTheTitle) {
  for (const char* first : {"- The old ferry must go now", "Year | Boats | Cost of all", "the old ferry must go now",
                            "The old ferry must go now,"}) {
    EXPECT_EQ(Find(std::string(first) + "\n\n" + kStory).origin, v1::ORIGIN_DERIVED) << first;
  }
  EXPECT_EQ(Find("Net 12 cts vs 14 cts\n\nRevs 14 mln vs 15 mln\n\nShips 14").origin, v1::ORIGIN_DERIVED);
}

TEST(TitleTest, KeepsADerivedTitleAtAHundredBytesOfWholeCharacters) {
  std::string japanese;
  for (int i = 0; i < 100; ++i)
    japanese += "港";
  const std::string title = Find(japanese + "。").title;
  EXPECT_LE(title.size(), 100u);
  EXPECT_TRUE(title.ends_with("港…"));
}

TEST(TitleTest, PrefersTheGivenTitleThenTheMarkups) {
  EXPECT_EQ(Find(kStory, "Given", "Marked").title, "Given");
  EXPECT_EQ(Find(kStory, "Given", "Marked").origin, v1::ORIGIN_GIVEN);
  EXPECT_EQ(Find(kStory, "", "Marked").origin, v1::ORIGIN_MARKUP);
  const std::string body = std::string("FERRY GOES\n\n") + kStory;
  EXPECT_NE(Find(body, "Ferry goes").line, nullptr) << "the same line on top of the text is the title";
  EXPECT_EQ(Find(body, "Other").line, nullptr);
}

TEST(SentenceTest, CountsSentencesNotAbbreviations) {
  EXPECT_EQ(CountSentences("One. Two! Three?"), 3u);
  EXPECT_EQ(CountSentences("Mr. Smith of St. Alder, U.S. Senate, paid 3.5 million."), 1u);
  EXPECT_EQ(CountSentences("一。二。"), 2u);
}

}  // namespace
}  // namespace broadsheet::ingest
