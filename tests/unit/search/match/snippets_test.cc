#include "search/match/snippets.h"

#include <gmock/gmock.h>

#include <random>

#include "common/text/unicode.h"
#include "search/match/highlighter.h"
#include "search/query/parse.h"
#include "search/query/validate.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SnippetsTest : public ::testing::Test {
 protected:
  Highlights Highlight(const std::string& query, const std::string& title, const std::string& body,
                       const std::string& language = "en") {
    request_.set_query(query);
    auto checked = Validate(request_);
    EXPECT_TRUE(checked.ok()) << checked.status();
    v1::Article article;
    article.set_title(title);
    article.set_body(body);
    article.set_language(language);
    TermLookup lookup({"de", "en", "ja"}, checked->exact_words);
    Highlighter highlighter(*checked, lookup);
    Highlights highlights;
    highlighter.Highlight(article, article.body(), highlights);
    return highlights;
  }

  static std::vector<std::string> Marked(const v1::Highlight& highlight) {
    std::vector<std::string> marked;
    for (const auto& span : highlight.spans()) {
      marked.push_back(highlight.text().substr(span.begin(), span.end() - span.begin()));
    }
    return marked;
  }

  std::vector<std::string> MarkedInBody(const std::string& query, const std::string& body,
                                        const std::string& language = "en") {
    auto highlights = Highlight(query, "", body, language);
    return highlights.empty() ? std::vector<std::string>{} : Marked(highlights[0]);
  }

  v1::SearchRequest request_;
};

TEST_F(SnippetsTest, APhraseGoesOverLinesButNotOverOneWithoutItsWords) {
  EXPECT_THAT(MarkedInBody("\"harbour wall\"", "The harbour\n\nwall fell."), ElementsAre("harbour\n\nwall"));
  EXPECT_THAT(MarkedInBody("\"harbour wall\"", "The harbour\n- \u2013 -\nwall fell."),
              ElementsAre("harbour\n- \u2013 -\nwall"));
  EXPECT_THAT(MarkedInBody("\"harbour wall\"", "The harbour\nof 12\nwall fell."), IsEmpty());
}

TEST_F(SnippetsTest, MarksWordsInEveryFormThatMatchesAndNothingElse) {
  EXPECT_THAT(MarkedInBody("flooding", "Floods came. The FLOODED floor was a flood, flooding all."),
              ElementsAre("Floods", "FLOODED", "flood", "flooding"));
  EXPECT_THAT(MarkedInBody("\"flooded\"", "Floods came. The flooded floor."), ElementsAre("flooded"));
  EXPECT_THAT(MarkedInBody("cafe", "Ein Café am See", "de"), ElementsAre("Café"));
}

TEST_F(SnippetsTest, ExactWordsAreMarkedAsWritten) {
  request_.mutable_query_options()->set_exact_words(true);
  EXPECT_THAT(MarkedInBody("flood", "Floods and a flood."), ElementsAre("flood"));
}

TEST_F(SnippetsTest, APhraseIsMarkedOnlyAsAWhole) {
  EXPECT_THAT(MarkedInBody("\"red cross\"", "A red car, a cross man, the Red Cross and red, cross crowds."),
              ElementsAre("Red Cross", "red, cross"));
  EXPECT_THAT(MarkedInBody("\"red cross\" red", "A red car and the Red Cross."), ElementsAre("red", "Red Cross"));
  EXPECT_THAT(MarkedInBody("\"red red cross\"", "red red red cross"), ElementsAre("red red cross"));
}

TEST_F(SnippetsTest, APhraseMayCrossAParagraphFarInTheText) {
  std::string body(3'000, 'x');
  for (size_t i = 10; i < body.size(); i += 11)
    body[i] = ' ';
  EXPECT_THAT(MarkedInBody("\"red cross\"", body + " red\n\ncross."), ElementsAre("red\n\ncross"));
}

TEST_F(SnippetsTest, PrefixesMarkTheWholeWord) {
  EXPECT_THAT(MarkedInBody("elec*", "Electric elections, select."), ElementsAre("Electric", "elections"));
}

TEST_F(SnippetsTest, WordsThatMustBeAbsentAndOtherFieldsAreNotMarked) {
  EXPECT_THAT(MarkedInBody("flood -storm source:storm", "flood and storm"), ElementsAre("flood"));
  auto highlights = Highlight("title:flood rain", "Flood and rain", "flood and rain");
  ASSERT_THAT(highlights, SizeIs(2));
  EXPECT_THAT(Marked(highlights[0]), ElementsAre("Flood", "rain"));
  EXPECT_THAT(Marked(highlights[1]), ElementsAre("rain"));
}

TEST_F(SnippetsTest, JapaneseRunsAreMarkedAsTheRun) {
  EXPECT_THAT(MarkedInBody("東京都", "昨日、東京都で地震。東京の人。", "ja"), ElementsAre("東京都"));
  EXPECT_THAT(MarkedInBody("東京", "昨日、東京都で地震。東京の人。", "ja"), ElementsAre("東京", "東京"));
  EXPECT_THAT(MarkedInBody("人", "昨日、東京の人。", "ja"), ElementsAre("人"));
}

TEST_F(SnippetsTest, TheTitleComesWholeAndOnlyWhenSomethingIsInIt) {
  auto highlights = Highlight("flood", "The great flood", "Nothing of it here.");
  ASSERT_THAT(highlights, SizeIs(2));
  EXPECT_EQ(highlights[0].field(), "title");
  EXPECT_EQ(highlights[0].text(), "The great flood");
  EXPECT_THAT(Marked(highlights[0]), ElementsAre("flood"));
  EXPECT_EQ(highlights[1].field(), "body");
  EXPECT_THAT(highlights[1].spans(), IsEmpty());
  EXPECT_EQ(Highlight("flood", "No water", "A flood.")[0].field(), "body");
}

std::string Filler(int words, unsigned seed) {
  std::mt19937 random(seed);
  std::string text;
  for (int i = 0; i < words; ++i) {
    text += std::string(1 + random() % 8, static_cast<char>('a' + random() % 26));
    text += random() % 12 == 0 ? ". " : " ";
  }
  return text;
}

TEST_F(SnippetsTest, WithoutAMatchInTheBodyItsBeginningIsShown) {
  std::string body = Filler(300, 1);
  auto highlights = Highlight("nowhere", "nowhere", body);
  ASSERT_THAT(highlights, SizeIs(2));
  EXPECT_EQ(highlights[1].offset(), 0);
  EXPECT_FALSE(highlights[1].cut_before());
  EXPECT_TRUE(highlights[1].cut_after());
  EXPECT_GT(highlights[1].text().size(), 200u);
}

TEST_F(SnippetsTest, ThePassageWithTheMostDifferentWordsWins) {
  std::string body = "flood flood flood. " + Filler(200, 2) + "the flood hit jakarta. " + Filler(200, 3) + "jakarta";
  auto highlights = Highlight("flood jakarta", "", body);
  ASSERT_THAT(highlights, SizeIs(1));
  EXPECT_THAT(Marked(highlights[0]), ElementsAre("flood", "jakarta"));
  EXPECT_TRUE(highlights[0].cut_before());
  EXPECT_TRUE(highlights[0].cut_after());
}

TEST_F(SnippetsTest, AmongEqualsTheMoreFrequentThenTheEarlierWins) {
  std::string once = "a flood here. " + Filler(100, 4);
  EXPECT_EQ(Highlight("flood", "", once + "another flood. " + Filler(100, 5))[0].offset(), 0);
  std::string body = "zzz flood. " + Filler(60, 6) + "flood, flood and flood. " + Filler(10, 7);
  EXPECT_THAT(Marked(Highlight("flood", "", body)[0]), SizeIs(3));
}

TEST_F(SnippetsTest, SeveralSnippetsComeInOrderOfPlaceAndDoNotOverlap) {
  request_.mutable_highlight()->set_max_snippets(3);
  request_.mutable_highlight()->set_snippet_bytes(80);
  std::string body;
  for (int i = 0; i < 8; ++i)
    body += Filler(60, static_cast<unsigned>(10 + i)) + "flood ";
  auto highlights = Highlight("flood", "", body);
  ASSERT_THAT(highlights, SizeIs(3));
  for (int i = 1; i < 3; ++i) {
    EXPECT_GE(highlights[i].offset(), highlights[i - 1].offset() + static_cast<int>(highlights[i - 1].text().size()));
  }
}

bool AtWordEdge(const std::string& body, size_t at) {
  return at == 0 || at == body.size() || body[at - 1] == ' ' || body[at] == ' ';
}

TEST_F(SnippetsTest, SnippetsOfAnyLengthAreWholeWordsOfTheBodyAtTheirOffset) {
  for (int bytes : {40, 57, 100, 240, 2'000}) {
    for (unsigned seed = 0; seed < 40; ++seed) {
      request_.mutable_highlight()->set_snippet_bytes(bytes);
      std::string body =
          Filler(static_cast<int>(seed * 7), seed) + "flood " + Filler(static_cast<int>(seed * 3), seed + 1);
      auto highlights = Highlight("flood", "", body);
      ASSERT_THAT(highlights, SizeIs(1));
      const auto& snippet = highlights[0];
      auto offset = static_cast<size_t>(snippet.offset());
      size_t end = offset + snippet.text().size();
      EXPECT_LE(snippet.text().size(), static_cast<size_t>(bytes));
      EXPECT_EQ(body.substr(offset, snippet.text().size()), snippet.text());
      EXPECT_TRUE(AtWordEdge(body, offset) && AtWordEdge(body, end)) << snippet.text();
      EXPECT_THAT(Marked(snippet), ElementsAre("flood"));
      EXPECT_EQ(snippet.cut_before(), body.find_first_not_of(' ') < offset);
      EXPECT_EQ(snippet.cut_after(), body.find_first_not_of(' ', end) != std::string::npos);
      // No word more would have fitted in, unless nothing is left on that side.
      if (snippet.cut_before() && snippet.cut_after()) {
        EXPECT_GT(snippet.text().size() + 12, static_cast<size_t>(bytes) / 2);
      }
    }
  }
}

TEST_F(SnippetsTest, CodePointsAreNeverCut) {
  std::string body;
  for (int i = 0; i < 300; ++i)
    body += i % 50 == 7 ? "地震" : "東京都で昨日、";
  for (int bytes = 40; bytes < 100; ++bytes) {
    request_.mutable_highlight()->set_snippet_bytes(bytes);
    auto highlights = Highlight("地震", "", body, "ja");
    ASSERT_THAT(highlights, SizeIs(1));
    EXPECT_TRUE(IsValidUtf8(highlights[0].text()));
    EXPECT_LE(highlights[0].text().size(), static_cast<size_t>(bytes));
    EXPECT_THAT(Marked(highlights[0]), ElementsAre("地震"));
  }
}

TEST_F(SnippetsTest, AMatchLongerThanTheSnippetIsCutAndItsSpanStaysInside) {
  request_.mutable_highlight()->set_snippet_bytes(40);
  std::string phrase = "abcdefghij klmnopqrst uvwxyzabcd efghijklmn opqrstuvwx";
  auto highlights = Highlight("\"" + phrase + "\"", "", "Before it. " + phrase + " and after.");
  ASSERT_THAT(highlights, SizeIs(1));
  ASSERT_THAT(highlights[0].spans(), SizeIs(1));
  EXPECT_LE(highlights[0].text().size(), 40u);
  EXPECT_EQ(highlights[0].spans(0).end(), static_cast<int>(highlights[0].text().size()));
}

TEST_F(SnippetsTest, AnEmptyBodyHasNoSnippet) {
  EXPECT_THAT(Highlight("flood", "no", ""), IsEmpty());
}

}  // namespace
}  // namespace broadsheet::search
