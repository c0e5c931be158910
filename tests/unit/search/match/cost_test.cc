#include "search/match/cost.h"

#include <gtest/gtest.h>

#include "search/query/validate.h"
#include "unit/search/match/searcher_fixture.h"

namespace broadsheet::search {
namespace {

class CostTest : public SearcherTest {
 protected:
  int64_t CostOf(const v1::SearchRequest& request) {
    auto reader = corpus_.readers().Acquire();
    EXPECT_TRUE(reader->Refresh().ok());
    return EstimateCost(*Validate(request), *reader);
  }

  int64_t CostOf(const std::string& text) {
    v1::SearchRequest request;
    request.set_query(text);
    return CostOf(request);
  }

  // By date: all matches are gone through, once.
  static v1::SearchRequest Sweep(const std::string& text) {
    v1::SearchRequest request;
    request.set_query(text);
    request.set_order(v1::ORDER_NEWEST);
    return request;
  }

  // Articles with the word in title or body.
  int64_t Having(const std::string& word) {
    return static_cast<int64_t>(Expected([&](const auto& article) { return Has(article, word); }).size());
  }
};

TEST_F(CostTest, OfAWordIsTheArticlesThatHaveIt) {
  EXPECT_EQ(CostOf("karn"), Having("karn") / 32);  // a page by relevance passes over most of them
  EXPECT_EQ(CostOf(Sweep("karn")), Having("karn"));
  EXPECT_EQ(CostOf("nowhere"), 0);
}

TEST_F(CostTest, OfAnyIsTheSumAndOfAllThatOfTheRarest) {
  EXPECT_EQ(CostOf(Sweep("karn OR vorp")), Having("karn") + Having("vorp"));
  EXPECT_EQ(CostOf("karn vorp"), 2 * std::min(Having("karn"), Having("vorp")));
  EXPECT_EQ(CostOf("karn nowhere"), 0);
}

TEST_F(CostTest, PhrasesCostMoreThanTheirWords) {
  EXPECT_GT(CostOf("\"karn vorp\""), CostOf("karn vorp"));
}

TEST_F(CostTest, WhatMustNotBeThereAndNoWordsAtAllCostAllArticles) {
  const auto articles = static_cast<int64_t>(corpus_.articles().size());
  EXPECT_EQ(CostOf(""), articles);
  EXPECT_GE(CostOf("-karn"), articles);
}

TEST_F(CostTest, EachLookAtAllMatchesCountsAgain) {
  v1::SearchRequest request;
  request.set_query("karn");
  request.add_facets()->set_field("source");
  request.add_facets()->set_field("section");
  const int64_t facets = 2 * 1'000;  // of putting their values in order
  EXPECT_EQ(CostOf(request), Having("karn") / 32 + Having("karn") + facets);
  request.mutable_facets(1)->add_excluded_filter_fields("section");
  EXPECT_EQ(CostOf(request), Having("karn") / 32 + 2 * Having("karn") + facets);
  request.set_order(v1::ORDER_NEWEST);  // the page and the first facet come from one look
  EXPECT_EQ(CostOf(request), 2 * Having("karn") + facets);
}

TEST_F(CostTest, AHeavySearchThatMayNotBeIsPostponed) {
  v1::SearchRequest request;
  request.set_query("karn OR dolt OR murg OR plonk OR vorp OR zind OR quab OR frip OR lund OR hask OR torv OR gwim");
  auto search = [&](bool may_be_heavy) {
    return Searcher(corpus_.readers(), corpus_.clock()).Search(*Validate(request), {}, may_be_heavy);
  };
  ASSERT_LE(CostOf(request), kHeavyCost);
  EXPECT_FALSE(search(false)->postponed);

  const std::vector<std::string> fields = {"source", "section", "authors", "tags", "language", "revision"};
  for (size_t i = 0; i < 12; ++i) {
    auto* facet = request.add_facets();
    facet->set_field("source");
    facet->set_name("facet-" + std::to_string(i));
    for (size_t bit = 0; bit < fields.size(); ++bit) {
      if ((i + 1) >> bit & 1) facet->add_excluded_filter_fields(fields[bit]);
    }
  }
  ASSERT_GT(CostOf(request), kHeavyCost);
  auto postponed = search(false);
  ASSERT_TRUE(postponed.ok());
  EXPECT_TRUE(postponed->postponed);
  EXPECT_TRUE(postponed->hits.empty());
  auto answered = search(true);
  ASSERT_TRUE(answered.ok());
  EXPECT_EQ(Ids(*answered), Ids(*corpus_.Search(request)));
  EXPECT_FALSE(answered->postponed);
  EXPECT_FALSE(answered->hits.empty());
}

}  // namespace
}  // namespace broadsheet::search
