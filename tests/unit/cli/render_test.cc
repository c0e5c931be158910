#include "cli/render.h"

#include "cli/render_discovery.h"
#include "cli/search_request.h"
#include "cli/text.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace broadsheet::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

v1::SearchResponse Response(const std::string& text) {
  v1::SearchResponse response;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &response));
  return response;
}

TEST(Text, CountsWideCharactersAsTwoCellsAndMarksAsNone) {
  EXPECT_EQ(Cells("abc"), 3);
  EXPECT_EQ(Cells("潮風"), 4);
  EXPECT_EQ(Cells("e\u0301"), 1);
}

TEST(Text, FitsIntoItsCells) {
  EXPECT_EQ(Fit("abc", 5), "abc  ");
  EXPECT_EQ(Fit("abcdef", 4), "abc…");
  EXPECT_EQ(Fit("潮風日報", 4), "潮… ");
}

TEST(Text, TakesControlCharactersAwayFromTheTerminal) {
  EXPECT_EQ(Printable("a\x1b[2Jb\nc\u009b"), "a [2Jb\nc ");
}

TEST(Text, DrawsBarsInEighths) {
  EXPECT_EQ(Bar(4, 4, 2), "██");
  EXPECT_EQ(Bar(1, 1000000, 2), "▏");
  EXPECT_EQ(Bar(0, 4, 2), "");
}

TEST(RenderSearch, MarksMatchesInTitleAndSnippet) {
  const auto response = Response(R"(
    hits { article { id: "a" title: "Ferry aground" source: "Tidewire" published_time { seconds: 1756881600 } }
           highlights { field: "title" text: "Ferry aground" spans { begin: 0 end: 5 } }
           highlights { field: "body" text: "the ferry’s crew" spans { begin: 4 end: 9 } cut_before: true } }
    total { value: 1 relation: TOTAL_RELATION_EXACT })");
  const std::string plain = RenderSearch(response, absl::Milliseconds(2), Colour::kNone);
  EXPECT_THAT(plain, HasSubstr("1. [Ferry] aground\n     Tidewire · 2025-09-03 06:40 UTC"));
  EXPECT_THAT(plain, HasSubstr("… the [ferry]’s crew\n"));
  EXPECT_THAT(plain, HasSubstr("1 article, 2.0 ms"));
  EXPECT_THAT(RenderSearch(response, absl::ZeroDuration(), Colour::kAnsi), HasSubstr("the \x1b[1;33mferry\x1b[0m’s"));
}

TEST(RenderSearch, SaysOfWhatAnArticleIsACopyAndHowCloseACopy) {
  const auto response = Response(R"(
    hits { article { title: "near" copy_of: "first" copy_similarity: 0.874 } }
    hits { article { title: "same" copy_of: "first" copy_similarity: 1 duplicate_of: "other" } })");
  const std::string text = RenderSearch(response, absl::ZeroDuration(), Colour::kNone);
  EXPECT_THAT(text, HasSubstr("copy of first (87 % alike)\n"));
  EXPECT_THAT(text, HasSubstr("copy of first\n"));
}

TEST(SearchRequest, LeavesCopiesOutOnlyWhenAsked) {
  SearchOptions options;
  EXPECT_EQ(MakeSearchRequest(options)->copies(), v1::COPY_MODE_UNSPECIFIED);
  options.no_copies = true;
  EXPECT_EQ(MakeSearchRequest(options)->copies(), v1::COPY_MODE_HIDE);
}

TEST(RenderSearch, ShowsNoTimeOfDayWhereOnlyTheDayIsKnown) {
  const auto response = Response(R"(
    hits { article { title: "t" source: "Tidewire" published_time { seconds: 1756857600 }
                     published_precision: TIME_PRECISION_DAY } })");
  EXPECT_THAT(RenderSearch(response, absl::ZeroDuration(), Colour::kNone), HasSubstr("Tidewire · 2025-09-03\n"));
}

TEST(RenderSearch, PassesOverSpansThatDoNotFit) {
  const auto response = Response(R"(
    hits { article { title: "t" } highlights { field: "body" text: "short" spans { begin: 2 end: 99 }
           spans { begin: -1 end: 2 } } })");
  EXPECT_THAT(RenderSearch(response, absl::ZeroDuration(), Colour::kNone), HasSubstr("     short\n"));
}

TEST(RenderSearch, ShowsFacetsAsBars) {
  const auto response = Response(R"(
    facets { name: "source" exact: true missing: 2 other_count: 5
             buckets { value: "潮風日報" count: 4 } buckets { value: "Tidewire" count: 2 } }
    facets { name: "published_time" exact: true
             buckets { time { start { seconds: 1756684800 } end { seconds: 1759276800 } } count: 3 }
             buckets { time { start { seconds: 1756857600 } end { seconds: 1756944000 } } count: 1 } })");
  const std::string text = RenderSearch(response, absl::ZeroDuration(), Colour::kNone);
  EXPECT_THAT(text, HasSubstr("  潮風日報  ████████████████████████ 4\n  Tidewire  ████████████             2\n"));
  EXPECT_THAT(text, HasSubstr("5 in other values"));
  EXPECT_THAT(text, HasSubstr("2 without a value"));
  EXPECT_THAT(text, HasSubstr("2025-09 "));
  EXPECT_THAT(text, HasSubstr("2025-09-03 "));
}

TEST(RenderSearch, SaysHowTheQueryWasUnderstoodWhenItHadToGuess) {
  const auto response = Response(R"(query { text: "a b" notes { message: "a bracket was not closed" } })");
  EXPECT_THAT(RenderSearch(response, absl::ZeroDuration(), Colour::kNone),
              HasSubstr("note: a bracket was not closed\nunderstood as: a b\n"));
}

TEST(SearchRequest, PutsFiltersOfDifferentFieldsTogether) {
  SearchOptions options;
  options.words = {"flood", "jakarta"};
  options.sources = {"A", "B"};
  options.where = {"attributes.desk=harbour", "attributes.desk=city"};
  options.since = "2025-09-03";
  const auto request = MakeSearchRequest(options);
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->query(), "flood jakarta");
  ASSERT_EQ(request->filter().all_of().filters_size(), 3);
  EXPECT_EQ(request->filter().all_of().filters(0).in_values().values_size(), 2);
  EXPECT_EQ(request->filter().all_of().filters(1).in_values().field(), "attributes.desk");
  EXPECT_EQ(request->filter().all_of().filters(2).time_range().start().seconds(), 1756857600);
  EXPECT_FALSE(request->filter().all_of().filters(2).time_range().has_end());
}

TEST(SearchRequest, FacetsChooseTheirKindByTheField) {
  SearchOptions options;
  options.facets = {"source", "tags:3", "published_time:day", "word_count"};
  const auto request = MakeSearchRequest(options);
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->facets(0).kind_case(), v1::FacetSpec::KIND_NOT_SET);
  EXPECT_EQ(request->facets(0).excluded_filter_fields(0), "source");
  EXPECT_EQ(request->facets(1).terms().limit(), 3);
  EXPECT_EQ(request->facets(2).date_histogram().interval(), v1::DATE_INTERVAL_DAY);
  EXPECT_EQ(request->facets(3).number_ranges().ranges_size(), 4);
}

TEST(SearchRequest, GroupsAndFairPages) {
  SearchOptions options;
  options.group = "copies:3";
  auto request = MakeSearchRequest(options);
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->group().field(), "copies");
  EXPECT_EQ(request->group().hits_per_group(), 3);
  EXPECT_FALSE(request->has_fairness());
  options.group.clear();
  options.per_source = 2;
  request = MakeSearchRequest(options);
  EXPECT_EQ(request->fairness().field(), "source");
  EXPECT_EQ(request->fairness().max_per_page(), 2);
  EXPECT_FALSE(request->has_group());
  options.group = "source:none";
  EXPECT_THAT(std::string(MakeSearchRequest(options).status().message()), testing::HasSubstr("--group"));
}

TEST(RenderSearch, ShowsGroupsWithTheirSizes) {
  v1::SearchResponse response;
  auto* group = response.add_groups();
  group->set_value("Dawn Post");
  group->set_size(7);
  group->add_hits()->mutable_article()->set_title("A storm");
  response.add_groups()->set_size(1);
  response.set_total_groups(2);
  response.mutable_total()->set_value(8);
  const std::string text = RenderSearch(response, absl::Milliseconds(1), Colour::kNone);
  EXPECT_THAT(text, testing::HasSubstr("Dawn Post: 7 articles\n  1. A storm"));
  EXPECT_THAT(text, testing::HasSubstr("(none): 1 article\n"));
  EXPECT_THAT(text, testing::HasSubstr("8 articles in 2 groups"));
}

TEST(RenderDiscovery, SaysWhatWasFound) {
  v1::SuggestResponse suggestions;
  auto& name = *suggestions.add_suggestions();
  name.set_kind(v1::SUGGESTION_KIND_NAME);
  name.set_text("Ann\x1b[2J Marlow");
  name.set_articles(3);
  EXPECT_EQ(RenderSuggestions(suggestions, Colour::kNone), "name     Ann [2J Marlow  3\n");
  EXPECT_EQ(RenderSuggestions({}, Colour::kNone), "nothing begins so\n");
  v1::SignificantTermsResponse about;
  about.add_terms()->set_text("ferry");
  about.mutable_terms(0)->set_foreground(2);
  about.mutable_terms(0)->set_background(7);
  about.set_sampled(4);
  about.mutable_total()->set_value(5);
  EXPECT_THAT(RenderSignificantTerms(about), HasSubstr("in 2 of these, 7 of all\n\n4 of 5 articles looked at\n"));
  v1::TrendsResponse trends;
  trends.add_trends()->set_text("ferry");
  trends.mutable_trends(0)->set_window_articles(9);
  trends.set_window_articles(10);
  EXPECT_THAT(RenderTrends(trends), HasSubstr("in 9, before 0\n\n10 articles, 0 to compare with\n"));
  EXPECT_EQ(RenderSimilar({}, Colour::kNone), "nothing similar\nby\n");
}

TEST(SearchRequest, NamesTheOptionAtFault) {
  SearchOptions since, facet, where;
  since.since = "yesterday";
  facet.facets = {"published_time:fortnight"};
  where.where = {"desk"};
  EXPECT_THAT(std::string(MakeSearchRequest(since).status().message()), HasSubstr("--since"));
  EXPECT_THAT(std::string(MakeSearchRequest(facet).status().message()), HasSubstr("--facet published_time"));
  EXPECT_THAT(std::string(MakeSearchRequest(where).status().message()), HasSubstr("--where"));
}

}  // namespace
}  // namespace broadsheet::cli
