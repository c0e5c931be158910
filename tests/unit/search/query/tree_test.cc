#include "search/query/tree.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include "search/query/parse.h"

namespace broadsheet::search {
namespace {

using testing::ElementsAre;

ParsedQuery Parse(const std::string& text) {
  return *ParseQuery(text, MatchMode::kAllWords);
}

struct Case {
  std::string query;
  std::string tree;
};

TEST(ToTree, ShowsEveryNodeWithTheTermsLookedFor) {
  const std::vector<Case> cases = {
      {"Floods", "kind: QUERY_NODE_KIND_WORD text: 'floods' terms: 'stem:flood'"},
      {"title:floods -\"big fires\"",
       "kind: QUERY_NODE_KIND_ALL"
       " children { kind: QUERY_NODE_KIND_WORD text: 'floods' field: 'title' terms: 'stem:flood' }"
       " children { kind: QUERY_NODE_KIND_NOT children { kind: QUERY_NODE_KIND_PHRASE text: 'big fires'"
       " terms: 'big' terms: 'fires' } }"},
      {"author:Brooks OR flo*",
       "kind: QUERY_NODE_KIND_ANY"
       " children { kind: QUERY_NODE_KIND_WORD text: 'brooks' field: 'authors' terms: 'brooks' }"
       " children { kind: QUERY_NODE_KIND_PREFIX text: 'flo' }"},
      {"東京証券", "kind: QUERY_NODE_KIND_PHRASE text: '東京証券' terms: '東京' terms: '京証' terms: '証券'"},
      {"\"東京 tokyo\"", "kind: QUERY_NODE_KIND_PHRASE text: '東京 tokyo' terms: '東京' terms: '京' terms: 'tokyo'"},
  };
  for (const Case& each : cases) {
    v1::QueryNode expected;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(each.tree, &expected)) << each.tree;
    auto tree = ToTree(Parse(each.query), TermLookup({"en"}, false));
    ASSERT_TRUE(tree.has_value());
    EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(*tree, expected)) << tree->DebugString();
  }
  EXPECT_FALSE(ToTree(Parse(" * "), TermLookup({"en"}, false)).has_value());
}

TEST(ToTree, ShowsTheStemsOfEveryLanguageOnce) {
  auto terms = [](const std::vector<std::string>& languages, bool exact) {
    auto tree = ToTree(Parse("Fluten"), TermLookup(languages, exact));
    return std::vector<std::string>(tree->terms().begin(), tree->terms().end());
  };
  EXPECT_THAT(terms({"en", "de", "ja", "und"}, false), ElementsAre("stem:fluten", "stem:flut"));
  EXPECT_THAT(terms({}, false), ElementsAre("stem:fluten"));
  EXPECT_THAT(terms({"de"}, true), ElementsAre("fluten"));
}

TEST(ToUnderstoodQuery, GivesTextAndNotes) {
  v1::UnderstoodQuery understood = ToUnderstoodQuery(Parse("(Flood) the JAKARTA OR"));
  EXPECT_EQ(understood.text(), "flood jakarta");
  ASSERT_EQ(understood.notes_size(), 1);
  EXPECT_EQ(understood.notes(0).begin(), 20);
  EXPECT_EQ(understood.notes(0).end(), 22);
  EXPECT_EQ(understood.notes(0).message(), "OR without a word on each side was left out");
  EXPECT_EQ(ToUnderstoodQuery(Parse("")).text(), "");
}

TEST(DescribeTerm, FindsTheWayBackFromATermOfTheIndex) {
  for (bool stemmed : {false, true}) {
    for (const Field& field : Fields()) {
      if (field.words_prefix.empty()) continue;
      TermDescription description = DescribeTerm(IndexTerm({"zebra", stemmed, 0}, &field));
      EXPECT_EQ(description.text, "zebra");
      EXPECT_EQ(description.field, field.name);
      EXPECT_EQ(description.stemmed, stemmed);
    }
    TermDescription description = DescribeTerm(IndexTerm({"zebra", stemmed, 0}, nullptr));
    EXPECT_EQ(description.text, "zebra");
    EXPECT_EQ(description.field, "text");
    EXPECT_EQ(description.stemmed, stemmed);
  }
}

}  // namespace
}  // namespace broadsheet::search
