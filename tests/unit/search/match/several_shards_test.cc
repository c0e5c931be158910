#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "search/match/library.h"
#include "unit/search/match/sharded_pair.h"

// An index of several shards says what one of a single shard says.
namespace broadsheet::search {
namespace {

using Changes = ShardedPair::Changes;

// Requests without a page size; each with what its name says.
const char* const kRequests[] = {
    R"(query: "karn")",
    R"(query: "dolt murg")",
    R"(query: "\"plonk vorp\"")",
    R"(query: "zind -quab")",
    R"(query: "frip OR lund" order: ORDER_NEWEST)",
    R"(query: "hask" order: ORDER_OLDEST)",
    R"(order: ORDER_NEWEST)",
    R"(order: ORDER_OLDEST exact_total: true)",
    R"(query: "torv*" query_options { match_mode: MATCH_MODE_ANY_WORD } exact_total: true)",
    R"(query: "source:\"Dawn Post\" gwim")",
    R"(query: "belk" copies: COPY_MODE_HIDE exact_total: true)",
    R"(query: "nurt" ranking { exact_form: false proximity: false })",
    R"(query: "karn lund" filter { in_values { field: "source" values: "Harbour Times" values: "Dawn Post" } })",
    R"(filter { not_in_values { field: "language" values: "de" } } order: ORDER_NEWEST)",
    R"(query: "murg" filter { exists { field: "section" } } exact_total: true)",
    R"(filter { time_range { field: "published_time" start { seconds: 1735689600 } end { seconds: 1761440400 } } }
       order: ORDER_NEWEST exact_total: true)",
    R"(query: "vorp" filter { number_range { field: "word_count" min: 200 max: 700 } } exact_total: true)",
    R"(query: "karn" group { field: "source" } order: ORDER_NEWEST)",
    R"(query: "karn" group { field: "source" hits_per_group: 3 })",
    R"(group { field: "copies" } order: ORDER_OLDEST)",
    R"(query: "dolt" fairness { field: "source" max_per_page: 3 } order: ORDER_NEWEST)",
    R"(query: "karn" facets { field: "source" } facets { field: "tags" terms { limit: 50 } }
       facets { field: "section" terms { hierarchy { } } measures: FACET_MEASURE_ORIGINALS
                measures: FACET_MEASURE_SOURCES }
       facets { field: "published_time" date_histogram { interval: DATE_INTERVAL_MONTH } }
       facets { field: "word_count" number_stats { } }
       facets { field: "word_count" name: "ranges" number_ranges { ranges { max: 400 } ranges { min: 300 } } })",
    R"(query: "\"plonk vorp\"" facets { field: "source" } facets { field: "authors" terms { limit: 50 } })",
    R"(query: "karn lund" filter { exists { field: "section" } } facets { field: "tags" } exact_total: true)",
    R"(filter { in_values { field: "source" values: "Dawn Post" } }
       facets { field: "source" excluded_filter_fields: "source" } facets { field: "authors" terms { limit: 50 } }
       facets { field: "language" } order: ORDER_NEWEST)",
};

// What a request leads to, page by page.
struct Answer {
  std::vector<std::string> ids;  // in order; of groups their values and sizes, too
  std::map<std::string, double> scores;
  std::vector<int64_t> totals;  // those that are exact
  std::vector<std::string> facets;
  std::vector<std::string> texts;  // what is shown of each article, in the order of the ids
};

void Take(const v1::SearchHit& hit, Answer& answer) {
  answer.ids.push_back(hit.article().id());
  answer.scores[hit.article().id()] = hit.score();
  answer.texts.push_back(hit.article().id() + " " + hit.article().ShortDebugString());
}

using Search = std::function<absl::StatusOr<SearchResult>(const v1::SearchRequest&)>;

Answer Collect(const Search& search, v1::SearchRequest request) {
  Answer answer;
  request.set_page_size(17);
  do {
    auto result = search(request);
    EXPECT_TRUE(result.ok()) << result.status() << "\n" << request.DebugString();
    if (!result.ok()) return answer;
    for (const v1::SearchHit& hit : result->hits)
      Take(hit, answer);
    for (const v1::HitGroup& group : result->groups) {
      answer.ids.push_back(group.value() + " has " + std::to_string(group.size()));
      for (const v1::SearchHit& hit : group.hits())
        Take(hit, answer);
    }
    if (result->total.relation() == v1::TOTAL_RELATION_EXACT) answer.totals.push_back(result->total.value());
    for (const v1::FacetResult& facet : result->facets)
      answer.facets.push_back(facet.DebugString());
    EXPECT_FALSE(result->snapshot_changed);
    request.set_page_token(result->next_page_token);
  } while (!request.page_token().empty());
  std::sort(answer.texts.begin(), answer.texts.end());
  return answer;
}

// By a searcher that has seen nothing yet.
Answer Collect(Corpus& corpus, const v1::SearchRequest& request) {
  return Collect([&](const v1::SearchRequest& page) { return corpus.Search(page); }, request);
}

// Articles with the same score stand in the order of their docids, which is another one in several shards.
void SortTies(Answer& answer) {
  std::stable_sort(answer.ids.begin(), answer.ids.end(), [&](const std::string& left, const std::string& right) {
    const double difference = answer.scores[left] - answer.scores[right];
    return std::abs(difference) > 1e-9 ? difference > 0 : left < right;
  });
}

std::multiset<std::string> Sorted(const std::vector<std::string>& ids) {
  return {ids.begin(), ids.end()};
}

class SeveralShardsTest : public ::testing::TestWithParam<Changes> {
 protected:
  static void SetUpTestSuite() {
    pairs_[Changes::kNone] = new ShardedPair(Changes::kNone);
    pairs_[Changes::kMany] = new ShardedPair(Changes::kMany);
  }
  static void TearDownTestSuite() {
    for (auto& [changes, pair] : pairs_)
      delete pair;
    pairs_.clear();
  }

  bool changed() const { return GetParam() == Changes::kMany; }
  Corpus& whole() { return pairs_[GetParam()]->whole(); }
  Corpus& parted() { return pairs_[GetParam()]->parted(); }

  static std::map<Changes, ShardedPair*> pairs_;
};

std::map<Changes, ShardedPair*> SeveralShardsTest::pairs_;

TEST_P(SeveralShardsTest, EveryAnswerIsThatOfASingleShard) {
  ASSERT_EQ(parted().index().manifest().shards.size(), 4u);
  for (const char* text : kRequests) {
    SCOPED_TRACE(text);
    v1::SearchRequest request;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request));
    Answer one = Collect(whole(), request), several = Collect(parted(), request);
    const bool by_date = request.order() == v1::ORDER_NEWEST || request.order() == v1::ORDER_OLDEST;
    if (!by_date && !request.has_group()) {
      SortTies(one);
      SortTies(several);
    }
    EXPECT_FALSE(one.ids.empty());
    // What is superseded still counts in the weights of words (as in any index between two merges), so that the order
    // of relevance, and what it cuts into pages, groups and fair shares, may differ.
    const bool ordered = !changed() || by_date;
    if (ordered) {
      EXPECT_EQ(several.ids, one.ids);
      EXPECT_EQ(several.totals, one.totals);
    } else if (!request.has_group()) {
      EXPECT_EQ(Sorted(several.ids), Sorted(one.ids));
    }
    EXPECT_EQ(several.facets, one.facets);
    if (!request.has_group()) {
      EXPECT_EQ(several.texts, one.texts);
    }
    if (changed()) continue;
    ASSERT_EQ(several.scores.size(), one.scores.size());
    for (const auto& [id, score] : one.scores)
      EXPECT_NEAR(several.scores.at(id), score, 1e-9) << id;
  }
}

TEST_P(SeveralShardsTest, WhatEarlierSearchesLeftChangesNoAnswer) {
  for (Corpus* corpus : {&whole(), &parted()}) {
    for (const absl::Duration later : {absl::ZeroDuration(), absl::Hours(2)}) {  // with embargoes, and without
      corpus->clock().Advance(later);
      const Searcher searcher(corpus->readers(), corpus->clock());
      const Search search = [&](const v1::SearchRequest& page) { return searcher.Search(*Validate(page), {}); };
      for (const char* text : kRequests) {
        SCOPED_TRACE(text);
        v1::SearchRequest request;
        ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request));
        const Answer fresh = Collect(*corpus, request);
        for (int again = 0; again < 4; ++again) {
          const Answer answer = Collect(search, request);
          ASSERT_EQ(answer.ids, fresh.ids);
          ASSERT_EQ(answer.facets, fresh.facets);
          ASSERT_EQ(answer.texts, fresh.texts);
          for (const auto& [id, score] : fresh.scores)
            ASSERT_NEAR(answer.scores.at(id), score, 1e-10);
        }
      }
      EXPECT_GT(searcher.caches().postings.bytes(), 5'000u);
      corpus->clock().Advance(-later);
    }
  }
}

TEST_P(SeveralShardsTest, ArticlesAreFoundByTheirIdsAsTheyStand) {
  const Library one(whole().readers(), whole().clock()), several(parted().readers(), parted().clock());
  for (int i = 0; i < 330; ++i) {
    const std::string id = "article-" + std::to_string(i);
    auto expected = one.Get({id}, v1::ARTICLE_VIEW_FULL, {}, {});
    auto found = several.Get({id}, v1::ARTICLE_VIEW_FULL, {}, {});
    ASSERT_TRUE(expected.ok() && found.ok()) << expected.status() << found.status();
    EXPECT_EQ(found->DebugString(), expected->DebugString());
  }
}

TEST_P(SeveralShardsTest, TheIndexIsDescribedWithoutWhatIsSuperseded) {
  const auto one = Library(whole().readers(), whole().clock()).Describe({});
  const auto several = Library(parted().readers(), parted().clock()).Describe({});
  ASSERT_TRUE(one.ok() && several.ok());
  EXPECT_EQ(several->articles(), one->articles());
  EXPECT_EQ(several->tombstones(), one->tombstones());
  ASSERT_EQ(several->shards_size(), 4);
  int64_t documents = 0, superseded = 0;
  for (const v1::Shard& shard : several->shards()) {
    documents += shard.documents();
    superseded += shard.superseded();
  }
  EXPECT_EQ(documents, one->shards(0).documents());
  EXPECT_EQ(superseded > 0, changed());
  EXPECT_EQ(several->shards(2).state(), v1::SHARD_STATE_FROZEN);
  EXPECT_EQ(several->shards(3).state(), v1::SHARD_STATE_HOT);
  EXPECT_EQ(several->shards(0).last_sequence() + 1, several->shards(1).first_sequence());
}

TEST_P(SeveralShardsTest, ExplanationsCountWhatStands) {
  v1::SearchRequest request;
  request.set_query("karn dolt");
  request.set_explain(true);
  request.set_page_size(50);
  auto one = whole().Search(request), several = parted().Search(request);
  ASSERT_TRUE(one.ok() && several.ok()) << one.status() << several.status();
  std::map<std::string, int64_t> frequencies;
  for (const v1::SearchHit& hit : one->hits) {
    for (const v1::TermWeight& term : hit.explanation().terms())
      frequencies[term.term()] = term.document_frequency();
  }
  ASSERT_EQ(frequencies.size(), 2u);
  for (const v1::SearchHit& hit : several->hits) {
    double sum = 0;
    for (const v1::TermWeight& term : hit.explanation().terms()) {
      EXPECT_EQ(term.document_frequency(), frequencies[term.term()]) << term.term();
      sum += term.weight();
    }
    for (const v1::ScoreBoost& boost : hit.explanation().boosts())
      sum += boost.weight();
    EXPECT_NEAR(sum, hit.score(), 1e-9) << hit.article().id();
  }
}

INSTANTIATE_TEST_SUITE_P(Changes, SeveralShardsTest, ::testing::Values(Changes::kNone, Changes::kMany),
                         [](const auto& test) { return test.param == Changes::kNone ? "None" : "Many"; });

}  // namespace
}  // namespace broadsheet::search
