#include "search/query/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/base/error.h"
#include "search/query/write.h"

namespace broadsheet::search {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

ParsedQuery Parse(std::string_view text, MatchMode mode = MatchMode::kAllWords) {
  auto parsed = ParseQuery(text, mode);
  EXPECT_TRUE(parsed.ok()) << text << ": " << parsed.status();
  return parsed.ok() ? *parsed : ParsedQuery{};
}

struct Case {
  std::string query;
  std::string understood;
  size_t notes = 0;
};

void ExpectUnderstood(const std::vector<Case>& cases, MatchMode mode) {
  for (const Case& each : cases) {
    ParsedQuery parsed = Parse(each.query, mode);
    EXPECT_EQ(WriteQuery(parsed), each.understood) << each.query;
    EXPECT_THAT(parsed.notes, SizeIs(each.notes)) << each.query;
    for (const Note& note : parsed.notes) {
      EXPECT_LT(note.range.begin, note.range.end) << each.query;
      EXPECT_LE(note.range.end, each.query.size()) << each.query;
      EXPECT_FALSE(note.message.empty());
    }
  }
}

TEST(ParseQuery, AFigureIsOneValueHoweverItIsWritten) {
  for (const char* words : {"figure:3.5%", "figure:\"3.5%\"", "figure:\"3.5 per cent\"", "figures:\"3,5 Prozent\"",
                            "figure:\"three and a half percent\"", "FIGURE:\"3.50 percent\""}) {
    EXPECT_EQ(WriteQuery(Parse(words)), "figure:\"3.5 %\"") << words;
    EXPECT_EQ(Parse(words).root, Parse("figure:\"3.5 %\"").root) << words;
  }
  ExpectUnderstood({{"ferry figure:$2bn", "ferry figure:\"2000000000 USD\""},
                    {"-figure:\"12 dead\"", "-figure:\"12 dead\""},
                    {"figure:(3% OR 4%)", "figure:\"3 %\" OR figure:\"4 %\""},
                    {"figure:ferry", "", 1},
                    {"figure:\"\" ferry", "ferry", 1}},
                   MatchMode::kAllWords);
}

TEST(ParseQuery, DaysCountForTheWholeQueryWhereverTheyStand) {
  const std::vector<Case> cases = {
      {"flood published:2025-12", "flood published:2025-12"},
      {"published:2025-12 flood", "flood published:2025-12"},
      {"flood AND published:2025 AND fog", "flood fog published:2025"},
      {"published:2025 AND flood", "flood published:2025"},
      {"(flood published:2025) fog", "flood fog published:2025"},
      {"-published:2025", "-published:2025"},
      {"NOT published:2025 flood", "flood -published:2025"},
      {"+PUBLISHED:2025 published_day:2025-12-01..2025-12-31", "published:2025 published:2025-12"},
      {"flood | fog published:2025", "(flood OR fog) published:2025", 1},
      {"(flood | fog) published:2025", "(flood OR fog) published:2025"},
      {"((flood published:2025 | fog) oster) | quay", "(((flood OR fog) oster) OR quay) published:2025", 1},
      {"flood OR published:2025", "flood published:2025", 2},
      {"flood NEAR published:2025", "flood published:2025", 1},
      {"published:2025-13", "\"published 2025 13\"", 1},
      {"published:soon", "\"published soon\"", 1},
      {"published: 2025", "published 2025", 1},
      {"title:(flood published:2025)", "title:flood published:2025"},
  };
  ExpectUnderstood(cases, MatchMode::kAllWords);
  const ParsedQuery parsed = Parse("flood -published:2025-12-31");
  ASSERT_THAT(parsed.days, SizeIs(1));
  EXPECT_EQ(parsed.days[0].field, FindField("published_day"));
  EXPECT_TRUE(parsed.days[0].negated);
  EXPECT_EQ(parsed.root, Parse("flood").root);
}

TEST(ParseQuery, ReadsTheOperatorsOfPeople) {
  ExpectUnderstood(
      {
          {"", ""},
          {"   \t\n ", ""},
          {"flood jakarta", "flood jakarta"},
          {"Flood  JAKARTA,", "flood jakarta"},
          {"Zürich café", "zurich cafe"},
          {"\"flood in jakarta\"", "\"flood in jakarta\""},
          {"\"flood\"", "\"flood\""},
          {"flood -jakarta", "flood -jakarta"},
          {"flood NOT jakarta", "flood -jakarta"},
          {"flood AND NOT jakarta", "flood -jakarta"},
          {"-flood", "-flood"},
          {"-flood -fire", "-flood -fire"},
          {"- flood", "flood", 1},
          {"NOT NOT flood", "flood"},
          {"-(-flood)", "flood"},
          {"flood OR fire", "flood OR fire"},
          {"flood | fire || storm", "flood OR fire OR storm"},
          {"flood|fire", "flood OR fire"},
          {"climate change OR global warming", "(climate change) OR (global warming)"},
          {"flood (jakarta OR manila)", "flood (jakarta OR manila)"},
          {"flood AND jakarta", "flood jakarta"},
          {"flood && jakarta", "flood jakarta"},
          {"+flood +jakarta", "flood jakarta"},
          {"((flood))", "flood"},
          {"flood (fire storm)", "flood fire storm"},
          {"-(flood fire)", "-(flood fire)"},
          {"-\"flood fire\"", "-\"flood fire\""},
          {"flood*", "flood*"},
          {"flood*, fire", "flood* fire"},
          {"flo* fir*", "flo* fir*"},
          {"(flood fire) -(storm OR rain)", "flood fire -(storm OR rain)"},
      },
      MatchMode::kAllWords);
}

TEST(ParseQuery, ReadsFields) {
  ExpectUnderstood(
      {
          {"title:flood", "title:flood"},
          {"Title:Flood", "title:flood"},
          {"author:smith", "author:smith"},
          {"authors:smith", "author:smith"},
          {"source:\"Harbour Gazette\"", "source:\"harbour gazette\""},
          {"title:(flood OR fire) jakarta", "(title:flood OR title:fire) jakarta"},
          {"title:(flood body:fire)", "title:flood body:fire"},
          {"-tag:sport", "-tag:sport"},
          {"-title:(flood fire)", "-(title:flood title:fire)"},
          {"title:flo*", "title:flo*"},
          {"title:think-tank", "title:\"think tank\""},
          {"title:-flood", "title:flood"},
          {"title:OR", "title:or"},
          {"source:section:x", "source:\"section x\""},
      },
      MatchMode::kAllWords);
}

TEST(ParseQuery, TakesAllQuotationMarks) {
  for (std::string query : {"“climate change”", "„climate change“", "«climate change»", "»climate change«",
                            "‹climate change›", "「climate change」", "＂climate change＂", "“climate change\""}) {
    ParsedQuery parsed = Parse(query);
    EXPECT_EQ(WriteQuery(parsed), "\"climate change\"") << query;
    EXPECT_THAT(parsed.notes, IsEmpty()) << query;
  }
}

TEST(ParseQuery, ReadsWordsAsTheTokenizerDoes) {
  ExpectUnderstood(
      {
          {"think-tank", "\"think tank\""},
          {"AT&T", "at&t"},
          {"U.S. tariffs", "us tariffs"},
          {"Japan's exports", "japan exports"},
          {"don't", "don't"},
          {"l’Iran", "iran"},
          {"\"l'Iran\"", "\"l iran\""},
          {"2+2", "2+2"},
          {"2 + 2", "2+2"},
          {"2+2-meeting", "\"2+2 meeting\""},
          {"3.5%", "3.5%"},
          {"3.5 percent rise", "3.5% rise"},
          {"3.5 per cent", "3.5%"},
          {"\"3.5 % of\"", "\"3.5% of\""},
          {"1,000 dead", "1000 dead"},
          {"C++", "c++"},
          {"東京証券", "東京証券"},
          {"\"東京証券\"", "東京証券"},
          {"東京　大阪", "東京 大阪"},
          {"水", "水"},
          {"\"水\"", "\"水\""},
          {"\"東京 tokyo\"", "\"東京 tokyo\""},
      },
      MatchMode::kAllWords);
}

TEST(ParseQuery, NeverFailsOnWhatAPersonTypes) {
  ExpectUnderstood(
      {
          {"(flood jakarta", "flood jakarta", 1},
          {"flood) jakarta", "flood jakarta", 1},
          {")(", "", 2},
          {"()", "", 1},
          {"flood ()", "flood", 1},
          {"\"flood jakarta", "flood jakarta", 1},
          {"5\" pipe", "5 pipe", 1},
          {"\"\" flood", "flood", 1},
          {"flood OR", "flood", 1},
          {"OR flood", "flood", 1},
          {"flood OR OR fire", "flood OR fire", 2},
          {"(OR flood) fire", "flood fire", 1},
          {"AND flood", "flood", 1},
          {"flood AND", "flood", 1},
          {"flood AND AND fire", "flood fire", 1},
          {"NOT", "", 1},
          {"flood NOT", "flood", 1},
          {"http://harbour.example/a", "\"http harbour example a\"", 1},
          {"re:invent", "\"re invent\"", 1},
          {"3:30", "\"3 30\""},
          {"title: flood", "title flood", 1},
          {"title:", "title", 1},
          {"title:) x", "title x", 2},
          {"title:\"\"", "", 1},
          {"*", "", 1},
          {"**", "", 1},
          {"flood *", "flood", 1},
          {"fl*", "fl", 1},
          {"fl*od", "fl*od"},
          {"f*od", "\"f od\"", 1},
          {"title:fl?od?", "title:fl?od"},
          {"what is flood?", "flood"},
          {"a NEAR/3 b", "a NEAR/3 b"},
          {"storm NEAR \"old town\" dam", "storm NEAR/10 \"old town\" dam"},
          {"storm NEAR/3 dam NEAR/3 river", "storm NEAR/3 dam NEAR/3 river"},
          {"storm NEAR/3 dam NEAR/4 river", "storm NEAR/3 dam river", 1},
          {"storm SENTENCE title:dam", "storm title:dam", 1},
          {"-storm PARAGRAPH dam", "-storm PARAGRAPH dam"},
          {"NEAR storm", "storm", 1},
          {"storm NEAR", "storm", 1},
          {"storm NEAR/x dam", "storm \"near x\" dam"},
          {"\"old town\"~2", "\"old town\"~2"},
          {"\"old\"~2", "\"old\""},
          {"*flood", "flood", 1},
          {"think-tan*", "\"think tan\"", 1},
          {"\"flood*\"", "\"flood\"", 1},
          {"東京*", "東京", 1},
          {"flood - jakarta", "flood jakarta", 1},
          {"--flood", "flood"},
          {"...", ""},
          {":) ;-)", "", 2},
          {"\"Kelvar\"-Oduya talks", "\"kelvar\" oduya talks"},
          {std::string("flood\0\x01\x7f jakarta", 16), "flood jakarta"},
          {std::string(70, 'x') + " flood", "flood", 1},
          {"a" + std::string(70, 'x'), "", 1},
      },
      MatchMode::kAllWords);
}

TEST(ParseQuery, LeavesOutStopWordsWhereOtherWordsAreLeft) {
  ExpectUnderstood(
      {
          {"the flood in Jakarta", "flood jakarta"},
          {"what is happening in Jakarta", "happening jakarta"},
          {"to be", "to be"},
          {"the", "the"},
          {"the -flood", "the -flood"},
          {"\"the flood\" in", "\"the flood\""},
          {"+the flood", "+the flood"},
          {"flood -the", "flood -the"},
          {"WHO report", "+who report"},
          {"who report", "report"},
          {"(the) flood", "+the flood"},
          {"the OR flood", "the OR flood"},
          {"title:the flood", "title:the flood"},
          {"title:(the flood)", "title:flood"},
          {"die Flut und das Wasser", "die flut wasser"},
          {"war", "war"},
      },
      MatchMode::kAllWords);
}

TEST(ParseQuery, JoinsWordsByTheMatchMode) {
  ExpectUnderstood(
      {
          {"flood jakarta", "flood OR jakarta"},
          {"the flood", "flood"},
          {"flood jakarta -fire", "(flood OR jakarta) -fire"},
          {"flood AND jakarta fire", "(flood jakarta) OR fire"},
          {"flood AND -jakarta fire", "(flood -jakarta) OR fire"},
          {"+flood jakarta manila", "flood (jakarta OR manila)"},
          {"+flood +jakarta", "flood jakarta"},
          {"-flood -fire", "-flood -fire"},
          {"flood OR fire storm", "flood OR fire OR storm"},
      },
      MatchMode::kAnyWord);
}

TEST(ParseQuery, KnowsWhereEachLeafStands) {
  std::string query = "flood title:\"big fire\" 2 + 2";
  ParsedQuery parsed = Parse(query);
  std::vector<std::string> places;
  for (const QueryNode* leaf : PositiveLeaves(parsed)) {
    places.push_back(query.substr(leaf->range.begin, leaf->range.end - leaf->range.begin));
  }
  EXPECT_THAT(places, ElementsAre("flood", "\"big fire\"", "2 + 2"));
}

TEST(ParseQuery, NamesThePlaceOfWhatItLeftOut) {
  ParsedQuery parsed = Parse("flood) re:invent OR");
  ASSERT_THAT(parsed.notes, SizeIs(3));
  EXPECT_EQ(parsed.notes[0].range, (ByteRange{5, 6}));
  EXPECT_EQ(parsed.notes[1].range, (ByteRange{7, 10}));
  EXPECT_THAT(parsed.notes[1].message, HasSubstr("title, body, source, author, section, tag, language"));
  EXPECT_EQ(parsed.notes[2].range, (ByteRange{17, 19}));
}

TEST(ParseQuery, LeavesOutNegatedLeavesWhenAskedForPositiveOnes) {
  EXPECT_THAT(PositiveLeaves(Parse("flood -fire (storm OR -rain)")), SizeIs(2));
  EXPECT_THAT(PositiveLeaves(Parse("-fire")), IsEmpty());
}

std::string Repeat(std::string_view text, size_t times) {
  std::string result;
  for (size_t i = 0; i < times; ++i)
    result += text;
  return result;
}

struct LimitCase {
  std::string within;
  std::string beyond;
  std::string reason;
  std::string limit;
};

TEST(ParseQuery, RefusesWhatIsBeyondALimitAndNamesIt) {
  const std::vector<LimitCase> cases = {
      {std::string(1'024, ' '), std::string(1'025, ' '), "QUERY_BYTES", "1024"},
      {Repeat("w ", 64), Repeat("w ", 65), "QUERY_TERMS", "64"},
      {Repeat("a-b ", 32), Repeat("a-b ", 33), "QUERY_TERMS", "64"},
      {Repeat("水", 64), Repeat("水", 65), "QUERY_TERMS", "64"},
      {Repeat("(", 16) + "w" + Repeat(")", 16), Repeat("(", 17) + "w" + Repeat(")", 17), "QUERY_DEPTH", "16"},
      {"abc* abd*", "abc* abd* abe*", "QUERY_PREFIXES", "2"},
      {"title:abc* -abd*", "title:abc* -abd* \"x\" abe*", "QUERY_PREFIXES", "2"},
  };
  for (const LimitCase& each : cases) {
    EXPECT_TRUE(ParseQuery(each.within, MatchMode::kAllWords).ok()) << each.within;
    absl::Status status = ParseQuery(each.beyond, MatchMode::kAllWords).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << each.beyond;
    EXPECT_EQ(ReasonOf(status), each.reason) << each.beyond;
    ASSERT_THAT(FieldViolationsOf(status), SizeIs(1)) << each.beyond;
    EXPECT_EQ(FieldViolationsOf(status)[0].field, "query");
    EXPECT_THAT(FieldViolationsOf(status)[0].description, HasSubstr(each.limit));
  }
  EXPECT_EQ(ReasonOf(ParseQuery("flood \xff", MatchMode::kAllWords).status()), "QUERY_ENCODING");
}

}  // namespace
}  // namespace broadsheet::search
