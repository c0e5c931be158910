#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "common/base/error.h"
#include "common/text/unicode.h"
#include "unit/search/match/searcher_fixture.h"
#include "unit/search/match/two_shards.h"

namespace broadsheet::search {
namespace {

using Counts = std::map<std::string, int64_t>;

Counts CountsOf(const v1::FacetResult& facet) {
  Counts counts;
  for (const auto& bucket : facet.buckets())
    counts[bucket.value()] = bucket.count();
  return counts;
}

std::string OriginalOf(const v1::Article& article) {
  return article.copy_of().empty() ? article.id() : article.copy_of();
}

class FacetKindsTest : public SearcherTest {
 protected:
  FacetKindsTest() { request_.set_query("karn OR lund"); }

  static bool Matches(const v1::Article& article) { return Has(article, "karn") || Has(article, "lund"); }

  v1::FacetResult Count() {
    auto result = corpus_.Search(request_);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? result->facets.at(0) : v1::FacetResult();
  }

  void AddFiled(const std::string& id, const std::vector<std::string>& tags, const std::string& section) {
    v1::Article article = corpus_.Invent(id);
    article.set_body("filed");
    article.set_section(section);
    article.mutable_tags()->Assign(tags.begin(), tags.end());
    corpus_.Add(std::move(article));
  }

  v1::SearchRequest request_;
};

TEST_F(FacetKindsTest, ValuesAreFoundByAnyPartOfThem) {
  auto* terms = request_.add_facets();
  terms->set_field("authors");
  terms->mutable_terms()->set_contains("TÉR 1");
  terms->mutable_terms()->set_limit(100);
  Counts expected;
  for (const auto& article : corpus_.articles()) {
    std::set<std::string> authors(article.authors().begin(), article.authors().end());
    for (const auto& author : authors) {
      if (Matches(article) && FoldForMatch(author).find("ter 1") != std::string::npos) ++expected[author];
    }
  }
  auto facet = Count();
  ASSERT_EQ(expected.size(), 3u);
  EXPECT_EQ(CountsOf(facet), expected);
  EXPECT_EQ(facet.distinct_values(), 3);
  EXPECT_EQ(facet.other_count(), 0);
}

TEST_F(FacetKindsTest, PathsAreCountedByTheirPartsEachArticleOnceAndDownFromAParent) {
  AddFiled("a", {"Sport/Tennis", "Sport/Golf"}, "Business / Markets/Bonds");
  AddFiled("b", {"Sport / Golf", "Arts"}, "Business/Markets");
  AddFiled("c", {}, "Business");
  AddFiled("d", {"sport/golf", "/Sport//Golf/"}, "World/Asia");
  corpus_.Commit();
  request_.set_query("filed");
  auto count = [&](const std::string& field, const std::string& parent) {
    request_.clear_facets();
    auto* facet = request_.add_facets();
    facet->set_field(field);
    facet->mutable_terms()->mutable_hierarchy()->set_parent(parent);
    return CountsOf(Count());
  };
  EXPECT_EQ(count("section", ""), (Counts{{"Business", 3}, {"World", 1}}));
  EXPECT_EQ(count("section", "Business"), (Counts{{"Business/Markets", 2}}));
  EXPECT_EQ(count("section", "Business/Markets"), (Counts{{"Business/Markets/Bonds", 1}}));
  EXPECT_EQ(count("section", "Bus"), Counts{});
  EXPECT_EQ(count("tags", ""), (Counts{{"Sport", 3}, {"Arts", 1}, {"sport", 1}}));
  EXPECT_EQ(count("tags", " Sport "), (Counts{{"Sport/Golf", 3}, {"Sport/Tennis", 1}}));
  request_.mutable_facets(0)->mutable_terms()->set_prefix("te");
  EXPECT_EQ(CountsOf(Count()), (Counts{{"Sport/Tennis", 1}}));
  request_.mutable_facets(0)->mutable_terms()->Clear();
  request_.mutable_facets(0)->mutable_terms()->mutable_hierarchy()->set_separator("olf");
  EXPECT_EQ(CountsOf(Count())["Sport/G"], 1);
}

TEST_F(FacetKindsTest, NumbersHaveSmallestLargestAndMean) {
  auto* facet = request_.add_facets();
  facet->set_field("word_count");
  facet->mutable_number_stats();
  int64_t count = 0, min = 1'000'000, max = 0, sum = 0;
  for (const auto& article : corpus_.articles()) {
    if (!Matches(article)) continue;
    ++count;
    sum += article.word_count();
    min = std::min<int64_t>(min, article.word_count());
    max = std::max<int64_t>(max, article.word_count());
  }
  auto counted = Count();
  EXPECT_EQ(counted.stats().count(), count);
  EXPECT_EQ(counted.stats().min(), min);
  EXPECT_EQ(counted.stats().max(), max);
  EXPECT_DOUBLE_EQ(counted.stats().mean(), static_cast<double>(sum) / static_cast<double>(count));
  request_.set_query("nowhere");
  counted = Count();
  EXPECT_EQ(counted.stats().count(), 0);
  EXPECT_FALSE(counted.stats().has_min() || counted.stats().has_max() || counted.stats().has_mean());
}

// Originals and sources of each bucket, by a plain loop.
void ExpectMeasures(const v1::FacetResult& facet, const std::vector<v1::Article>& articles,
                    const std::function<bool(const v1::Article&, const v1::FacetBucket&)>& in_bucket) {
  ASSERT_GT(facet.buckets_size(), 0);
  for (const auto& bucket : facet.buckets()) {
    std::set<std::string> originals, sources;
    int64_t count = 0;
    for (const auto& article : articles) {
      if (!Has(article, "karn") && !Has(article, "lund")) continue;
      if (!in_bucket(article, bucket)) continue;
      ++count;
      originals.insert(OriginalOf(article));
      if (!article.source().empty()) sources.insert(article.source());
    }
    EXPECT_EQ(bucket.count(), count);
    EXPECT_EQ(bucket.originals(), static_cast<int64_t>(originals.size()));
    EXPECT_EQ(bucket.sources(), static_cast<int64_t>(sources.size()));
  }
}

void AskForMeasures(v1::SearchRequest& request) {
  for (const char* field : {"tags", "section", "word_count", "published_time"}) {
    auto* facet = request.add_facets();
    facet->set_field(field);
    facet->add_measures(v1::FACET_MEASURE_ORIGINALS);
    facet->add_measures(v1::FACET_MEASURE_SOURCES);
  }
  auto* ranges = request.mutable_facets(2)->mutable_number_ranges();
  ranges->add_ranges()->set_max(400);
  ranges->add_ranges()->set_min(200);
}

void ExpectAllMeasures(const SearchResult& result, const std::vector<v1::Article>& articles) {
  ExpectMeasures(result.facets[0], articles, [](const auto& article, const auto& bucket) {
    return std::count(article.tags().begin(), article.tags().end(), bucket.value()) > 0;
  });
  ExpectMeasures(result.facets[1], articles,
                 [](const auto& article, const auto& bucket) { return article.section() == bucket.value(); });
  ExpectMeasures(result.facets[2], articles, [](const auto& article, const auto& bucket) {
    const auto& range = bucket.number();
    return (!range.has_min() || article.word_count() >= range.min()) &&
           (!range.has_max() || article.word_count() <= range.max());
  });
  ExpectMeasures(result.facets[3], articles, [](const auto& article, const auto& bucket) {
    return article.has_published_time() && article.published_time().seconds() >= bucket.time().start().seconds() &&
           article.published_time().seconds() < bucket.time().end().seconds();
  });
}

TEST_F(FacetKindsTest, BucketsCountOriginalsAndSourcesToo) {
  for (int i = 0; i < 200; ++i) {
    v1::Article article = corpus_.Invent("copy-" + std::to_string(i));
    article.set_copy_of("article-" + std::to_string(corpus_.Roll(50)));
    corpus_.Add(std::move(article));
  }
  corpus_.Commit();
  AskForMeasures(request_);
  auto result = corpus_.Search(request_);
  ASSERT_TRUE(result.ok()) << result.status();
  ExpectAllMeasures(*result, corpus_.articles());
  EXPECT_NE(result->facets[1].buckets(0).count(), result->facets[1].buckets(0).originals());
}

TEST(TwoShardsFacetsTest, AreCountedOverAllShards) {
  TwoShards shards;
  v1::SearchRequest request;
  request.set_query("karn OR lund");
  AskForMeasures(request);
  auto* source = request.add_facets();
  source->set_field("source");
  for (auto order : {v1::ORDER_RELEVANCE, v1::ORDER_NEWEST}) {
    request.set_order(order);
    auto result = shards.Search(request);
    ASSERT_TRUE(result.ok()) << result.status();
    ExpectAllMeasures(*result, shards.articles());
    Counts expected;
    int64_t missing = 0, matches = 0;
    for (const auto& article : shards.articles()) {
      if (!Has(article, "karn") && !Has(article, "lund")) continue;
      ++matches;
      article.source().empty() ? ++missing : ++expected[article.source()];
    }
    EXPECT_EQ(CountsOf(result->facets[4]), expected);
    EXPECT_EQ(result->facets[4].missing(), missing);
    EXPECT_EQ(result->facets[4].distinct_values(), static_cast<int64_t>(expected.size()));
    EXPECT_EQ(result->total.value(), matches);
  }
}

TEST_F(FacetKindsTest, ABudgetCutsTheCountingAndSaysSo) {
  const auto matches = static_cast<int64_t>(Expected(&Matches).size());
  request_.add_facets()->set_field("language");
  for (auto order : {v1::ORDER_RELEVANCE, v1::ORDER_NEWEST}) {
    request_.set_order(order);
    for (int64_t budget : {int64_t{1}, int64_t{10}, matches - 1, matches, matches + 1}) {
      request_.set_facet_budget(budget);
      auto facet = Count();
      EXPECT_EQ(facet.exact(), budget >= matches);
      EXPECT_EQ(facet.considered(), std::min(budget, matches));
      int64_t sum = 0;
      for (const auto& bucket : facet.buckets())
        sum += bucket.count();
      EXPECT_EQ(sum, facet.considered());
    }
  }
}

TEST_F(FacetKindsTest, ABudgetEndsTheWorkAndNotTheTotalWhenItMustBeExact) {
  for (int i = 0; i < 2'000; ++i)
    corpus_.Add(corpus_.Invent("more-" + std::to_string(i)));
  corpus_.Commit();
  const auto matches = static_cast<int64_t>(Expected(&Matches).size());
  request_.add_facets()->set_field("language");
  request_.set_facet_budget(5);
  request_.set_exact_total(true);
  auto result = corpus_.Search(request_);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->total.value(), matches);
  EXPECT_EQ(result->total.relation(), v1::TOTAL_RELATION_EXACT);
  EXPECT_EQ(result->facets[0].considered(), 5);
}

TEST_F(FacetKindsTest, RangesOfTimesAndNumbersInFiltersAreThoseOfAPlainLoop) {
  for (int round = 0; round < 60; ++round) {
    v1::SearchRequest request;
    request.set_query(round % 3 == 0 ? "" : "karn OR lund");
    request.set_order(round % 2 == 0 ? v1::ORDER_NEWEST : v1::ORDER_RELEVANCE);
    request.set_page_size(100);
    auto* all = request.mutable_filter()->mutable_all_of();
    auto* time = all->add_filters()->mutable_time_range();
    const int64_t start = 1'735'689'600 - 20'000'000 + corpus_.Roll(50'000'000);
    const int64_t end = start + corpus_.Roll(30'000'000);
    time->mutable_start()->set_seconds(start);
    time->mutable_end()->set_seconds(end);
    auto* words = all->add_filters()->mutable_number_range();
    words->set_field("word_count");
    words->set_min(corpus_.Roll(500));
    auto wanted = [&](const v1::Article& article) {
      const bool has_words = request.query().empty() || Matches(article);
      const int64_t published = article.published_time().seconds();
      return has_words && article.has_published_time() && start <= published && published < end &&
             article.word_count() >= words->min();
    };
    EXPECT_THAT(Collect(request), ::testing::UnorderedElementsAreArray(Expected(wanted)));
    EXPECT_EQ(last_.total.relation(), v1::TOTAL_RELATION_EXACT);
  }
}

}  // namespace
}  // namespace broadsheet::search
