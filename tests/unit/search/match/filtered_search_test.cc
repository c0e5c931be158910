#include <gmock/gmock.h>

#include "search/match/searcher.h"
#include "unit/search/match/searcher_fixture.h"

namespace broadsheet::search {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

class FilteredSearchTest : public SearcherTest {};

// Each filter with the loop that says what it means.
struct FilterCase {
  const char* name;
  std::function<void(v1::Filter&)> fill;
  Predicate wanted;
};

std::vector<FilterCase> FilterCases() {
  auto is_money = [](const v1::Article& a) { return a.section() == "Money"; };
  auto has_tag = [](const v1::Article& a, const char* tag) {
    return std::count(a.tags().begin(), a.tags().end(), tag) > 0;
  };
  return {
      {"in",
       [](auto& f) {
         f.mutable_in_values()->set_field("source");
         f.mutable_in_values()->add_values("Dawn Post");
         f.mutable_in_values()->add_values("Évening Star");
       },
       [](const auto& a) { return a.source() == "Dawn Post" || a.source() == "Évening Star"; }},
      {"not in",
       [](auto& f) {
         f.mutable_not_in_values()->set_field("section");
         f.mutable_not_in_values()->add_values("Money");
       },
       [=](const auto& a) { return !is_money(a); }},
      {"repeated",
       [](auto& f) {
         f.mutable_in_values()->set_field("tags");
         f.mutable_in_values()->add_values("tag3");
       },
       [=](const auto& a) { return has_tag(a, "tag3"); }},
      {"exists", [](auto& f) { f.mutable_exists()->set_field("published_time"); },
       [](const auto& a) { return a.has_published_time(); }},
      {"attribute",
       [](auto& f) {
         f.mutable_in_values()->set_field("attributes.desk");
         f.mutable_in_values()->add_values("night");
       },
       [](const auto& a) { return a.attributes().count("desk") > 0 && a.attributes().at("desk") == "night"; }},
      {"time",
       [](auto& f) {
         f.mutable_time_range()->mutable_start()->set_seconds(1'730'000'000);
         f.mutable_time_range()->mutable_end()->set_seconds(1'761'440'400);
       },
       [](const auto& a) {
         return a.has_published_time() && a.published_time().seconds() >= 1'730'000'000 &&
                a.published_time().seconds() < 1'761'440'400;
       }},
      {"number",
       [](auto& f) {
         f.mutable_number_range()->set_field("word_count");
         f.mutable_number_range()->set_min(250);
         f.mutable_number_range()->set_max(500);
       },
       [](const auto& a) { return a.word_count() >= 250 && a.word_count() <= 500; }},
      {"any of none of",
       [](auto& f) {
         auto* any = f.mutable_any_of();
         any->add_filters()->mutable_exists()->set_field("authors");
         auto* none = any->add_filters()->mutable_none_of();
         none->add_filters()->mutable_exists()->set_field("section");
       },
       [](const auto& a) { return a.authors_size() > 0 || a.section().empty(); }},
  };
}

TEST_F(FilteredSearchTest, FiltersAloneTogetherAndWithWordsAreThoseOfAPlainLoop) {
  for (const auto& one : FilterCases()) {
    for (const auto& two : FilterCases()) {
      for (const char* text : {"", "torv"}) {
        v1::SearchRequest request;
        request.set_query(text);
        request.set_page_size(100);
        one.fill(*request.mutable_filter()->mutable_all_of()->add_filters());
        two.fill(*request.mutable_filter()->mutable_all_of()->add_filters());
        auto expected = Expected([&](const auto& article) {
          return one.wanted(article) && two.wanted(article) && (*text == '\0' || Has(article, text));
        });
        EXPECT_THAT(Collect(request), UnorderedElementsAreArray(expected)) << one.name << ", " << two.name << text;
        request.set_exact_total(true);
        request.clear_page_token();
        auto result = corpus_.Search(request);
        ASSERT_TRUE(result.ok());
        EXPECT_EQ(result->total.value(), static_cast<int64_t>(expected.size())) << one.name << ", " << two.name;
        EXPECT_EQ(result->total.relation(), v1::TOTAL_RELATION_EXACT);
      }
    }
  }
}

TEST_F(FilteredSearchTest, FiltersDoNotChangeScores) {
  v1::SearchRequest request;
  request.set_query("frip");
  request.set_page_size(100);
  auto all = corpus_.Search(request);
  FilterCases()[0].fill(*request.mutable_filter());
  auto some = corpus_.Search(request);
  ASSERT_TRUE(all.ok() && some.ok());
  ASSERT_THAT(some->hits, Not(IsEmpty()));
  for (const auto& hit : some->hits) {
    for (const auto& other : all->hits) {
      if (other.article().id() != hit.article().id()) continue;
      EXPECT_DOUBLE_EQ(hit.score(), other.score());
    }
  }
}

}  // namespace
}  // namespace broadsheet::search
