#include "search/match/searcher.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <thread>

#include "common/base/error.h"
#include "common/text/stemmer.h"
#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAreArray;

using Predicate = std::function<bool(const v1::Article&)>;

class SearcherTest : public ::testing::Test {
 protected:
  std::vector<std::string> Expected(const Predicate& wanted) const {
    std::vector<std::string> ids;
    for (const auto& article : corpus_.articles()) {
      if (wanted(article)) ids.push_back(article.id());
    }
    return ids;
  }

  // Ids in an order by date.
  std::vector<std::string> ExpectedByDate(const Predicate& wanted, bool newest) const {
    std::vector<v1::Article> found;
    std::copy_if(corpus_.articles().begin(), corpus_.articles().end(), std::back_inserter(found), wanted);
    std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
      if (a.has_published_time() != b.has_published_time()) return a.has_published_time();
      auto key = [](const auto& article) {
        return std::make_pair(article.published_time().seconds(), article.sequence());
      };
      return newest ? key(a) > key(b) : key(a) < key(b);
    });
    std::vector<std::string> ids;
    for (const auto& article : found)
      ids.push_back(article.id());
    return ids;
  }

  // All pages, one after the other; `between` runs after each.
  std::vector<std::string> Collect(
      v1::SearchRequest request, const std::function<void()>& between = [] {}) {
    std::vector<std::string> ids;
    do {
      auto result = corpus_.Search(request);
      EXPECT_TRUE(result.ok()) << result.status();
      if (!result.ok()) break;
      for (const std::string& id : Ids(*result))
        ids.push_back(id);
      request.set_page_token(result->next_page_token);
      last_ = *std::move(result);
      between();
    } while (!request.page_token().empty());
    return ids;
  }

  Corpus corpus_{400};
  SearchResult last_;
};

TEST_F(SearcherTest, TheWordsOfTheCorpusAreTheirOwnStems) {
  for (const char* language : {"en", "de"}) {
    for (const auto& word : kWords)
      EXPECT_EQ(Stemmer(language)(word), word);
  }
}

TEST_F(SearcherTest, RelevancePagesTogetherAreTheMatchesOnceEachInFallingScore) {
  v1::SearchRequest request;
  request.set_query("karn vorp");
  request.set_page_size(7);
  auto ids = Collect(request);
  auto expected = Expected([](const auto& article) { return Has(article, "karn") && Has(article, "vorp"); });
  ASSERT_GT(expected.size(), 30u);
  EXPECT_THAT(ids, UnorderedElementsAreArray(expected));

  request.set_page_size(100);
  auto large = Collect(request);
  EXPECT_THAT(ids, ElementsAreArray(large));
}

TEST_F(SearcherTest, ScoresFallAlongAPage) {
  v1::SearchRequest request;
  request.set_query("karn OR vorp");
  request.set_page_size(100);
  auto result = corpus_.Search(request);
  ASSERT_TRUE(result.ok());
  ASSERT_THAT(result->hits, SizeIs(100));
  for (size_t i = 1; i < result->hits.size(); ++i)
    EXPECT_LE(result->hits[i].score(), result->hits[i - 1].score());
  EXPECT_GT(result->hits.back().score(), 0);
}

TEST_F(SearcherTest, OrdersByDateAreThoseOfAPlainSortWithUndatedLast) {
  for (const char* text : {"", "murg", "karn OR plonk"}) {
    for (bool newest : {true, false}) {
      v1::SearchRequest request;
      request.set_query(text);
      request.set_order(newest ? v1::ORDER_NEWEST : v1::ORDER_OLDEST);
      request.set_page_size(13);
      auto wanted = [&](const auto& article) {
        std::string query = text;
        if (query.empty()) return true;
        if (query == "murg") return Has(article, "murg");
        return Has(article, "karn") || Has(article, "plonk");
      };
      EXPECT_THAT(Collect(request), ElementsAreArray(ExpectedByDate(wanted, newest))) << text << newest;
    }
  }
}

TEST_F(SearcherTest, AQueryWithoutWordsBrowsesNewestFirst) {
  auto result = corpus_.Search({});
  ASSERT_TRUE(result.ok());
  auto expected = ExpectedByDate([](const auto&) { return true; }, true);
  expected.resize(10);
  EXPECT_THAT(Ids(*result), ElementsAreArray(expected));
  EXPECT_EQ(result->total.value(), 400);
  EXPECT_EQ(result->total.relation(), v1::TOTAL_RELATION_EXACT);
}

TEST_F(SearcherTest, UnchangedArticlesComeOnceByDateWhileOthersAreWritten) {
  for (auto order : {v1::ORDER_NEWEST, v1::ORDER_OLDEST}) {
    std::vector<std::string> before = Expected([](const auto&) { return true; });
    std::vector<std::string> touched;
    int round = 0;
    v1::SearchRequest request;
    request.set_order(order);
    request.set_page_size(9);
    auto ids = Collect(request, [&] {
      std::string changed = corpus_.articles()[static_cast<size_t>(corpus_.Roll(300))].id();
      touched.push_back(changed);
      corpus_.Add(corpus_.Invent(changed));
      std::string gone = corpus_.articles()[static_cast<size_t>(corpus_.Roll(300))].id();
      touched.push_back(gone);
      corpus_.Delete(gone);
      std::string added = "new-" + std::to_string(order) + "-" + std::to_string(round++);
      touched.push_back(added);
      corpus_.Add(corpus_.Invent(added));
      corpus_.Commit();
    });
    EXPECT_TRUE(last_.snapshot_changed);
    auto is_touched = [&](const std::string& id) { return std::count(touched.begin(), touched.end(), id) > 0; };
    std::erase_if(ids, is_touched);
    std::erase_if(before, is_touched);
    EXPECT_THAT(ids, UnorderedElementsAreArray(before));
  }
}

TEST_F(SearcherTest, RelevanceGoesOnAfterTheLastHitWhenTheSnapshotChanged) {
  v1::SearchRequest request;
  request.set_query("lund");
  request.set_page_size(10);
  auto first = corpus_.Search(request);
  ASSERT_TRUE(first.ok());
  EXPECT_FALSE(first->snapshot_changed);
  // Ten better ones come in before the page that the token continues.
  for (int i = 0; i < 10; ++i) {
    v1::Article article = corpus_.Invent("better-" + std::to_string(i));
    article.set_title("lund lund lund");
    article.set_body("lund lund lund lund lund lund");
    corpus_.Add(article);
  }
  corpus_.Commit();
  request.set_page_token(first->next_page_token);
  auto second = corpus_.Search(request);
  ASSERT_TRUE(second.ok());
  EXPECT_TRUE(second->snapshot_changed);
  auto shown = Ids(*first);
  auto now = Ids(*second);
  for (const auto& id : now) {
    EXPECT_EQ(std::count(shown.begin(), shown.end(), id), 0) << id << " came twice";
    EXPECT_NE(id.substr(0, 6), "better") << "they belong to the first page";
  }
  // The third page, from the new snapshot, follows the second.
  request.set_page_token(second->next_page_token);
  auto third = corpus_.Search(request);
  ASSERT_TRUE(third.ok());
  EXPECT_FALSE(third->snapshot_changed);
  for (const auto& id : Ids(*third))
    EXPECT_EQ(std::count(now.begin(), now.end(), id), 0) << id << " came twice";
  EXPECT_LE(third->hits.front().score(), second->hits.back().score());
}

TEST_F(SearcherTest, TokensOfAnotherQueryOrLineageAreRefused) {
  v1::SearchRequest request;
  request.set_query("lund");
  auto first = corpus_.Search(request);
  ASSERT_TRUE(first.ok());
  request.set_page_token(first->next_page_token);
  request.set_query("hask");
  EXPECT_EQ(corpus_.Search(request).status().code(), absl::StatusCode::kInvalidArgument);

  request.set_query("lund");
  auto query = Validate(request);
  ASSERT_TRUE(query.ok());
  query->after->lineage += 1;
  auto other = Searcher(corpus_.readers()).Search(*query, {});
  EXPECT_EQ(ReasonOf(other.status()), "PAGE_TOKEN_OTHER_LINEAGE");
}

TEST_F(SearcherTest, RelevanceEndsAtAStatedDepth) {
  v1::SearchRequest request;
  request.set_query("lund");
  auto query = Validate(request);
  ASSERT_TRUE(query.ok());
  query->after = PagePosition{};
  query->after->snapshot_sequence = corpus_.index().sequence();
  query->after->lineage = HashLineage("lineage-1");
  query->after->offset = 10'000;
  auto result = Searcher(corpus_.readers()).Search(*query, {});
  EXPECT_EQ(ReasonOf(result.status()), "PAGE_DEPTH");
}

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

TEST_F(SearcherTest, FiltersAloneTogetherAndWithWordsAreThoseOfAPlainLoop) {
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

TEST_F(SearcherTest, FiltersDoNotChangeScores) {
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

TEST_F(SearcherTest, TheTotalOfALaterPageIsThatOfTheWholeQuery) {
  for (auto order : {v1::ORDER_RELEVANCE, v1::ORDER_NEWEST, v1::ORDER_OLDEST}) {
    v1::SearchRequest request;
    request.set_query("gwim");
    request.set_order(order);
    auto first = corpus_.Search(request);
    ASSERT_TRUE(first.ok());
    request.set_page_token(first->next_page_token);
    auto second = corpus_.Search(request);
    ASSERT_TRUE(second.ok());
    EXPECT_EQ(first->total.value(), second->total.value());
    EXPECT_EQ(first->total.value(),
              static_cast<int64_t>(Expected([](const auto& a) { return Has(a, "gwim"); }).size()));
  }
}

TEST_F(SearcherTest, ViewsShowWhatTheyPromise) {
  v1::SearchRequest request;
  request.set_query("nurt");
  request.mutable_highlight()->set_disabled(true);
  auto card = corpus_.Search(request);
  ASSERT_TRUE(card.ok());
  EXPECT_FALSE(card->hits[0].article().title().empty());
  EXPECT_TRUE(card->hits[0].article().body().empty());
  EXPECT_EQ(card->hits[0].highlights_size(), 0);
  request.set_view(v1::ARTICLE_VIEW_FULL);
  auto full = corpus_.Search(request);
  EXPECT_FALSE(full->hits[0].article().body().empty());
  request.set_view(v1::ARTICLE_VIEW_ID);
  request.mutable_highlight()->set_disabled(false);
  auto id = corpus_.Search(request);
  EXPECT_EQ(id->hits[0].article().id(), card->hits[0].article().id());
  EXPECT_TRUE(id->hits[0].article().title().empty());
  EXPECT_GT(id->hits[0].highlights_size(), 0);
}

TEST_F(SearcherTest, ALargeReplyEndsEarlyAndItsTokenGoesOn) {
  std::vector<std::string> expected;
  for (int i = 0; i < 9; ++i) {
    v1::Article article = corpus_.Invent("large-" + std::to_string(i));
    article.set_title("enormous");
    article.set_body(corpus_.Text(150'000));
    expected.push_back(article.id());
    corpus_.Add(article);
  }
  corpus_.Commit();
  for (auto order : {v1::ORDER_RELEVANCE, v1::ORDER_NEWEST}) {
    v1::SearchRequest request;
    request.set_query("enormous");
    request.set_view(v1::ARTICLE_VIEW_FULL);
    request.set_order(order);
    auto first = corpus_.Search(request);
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(first->early_stop, v1::EARLY_STOP_REPLY_SIZE);
    EXPECT_LT(first->hits.size(), 9u);
    size_t bytes = 0;
    for (const auto& hit : first->hits)
      bytes += hit.ByteSizeLong();
    EXPECT_LE(bytes, kMaxReplyBytes);
    EXPECT_THAT(Collect(request), UnorderedElementsAreArray(expected));
    EXPECT_EQ(last_.early_stop, v1::EARLY_STOP_UNSPECIFIED);
  }
}

TEST_F(SearcherTest, TombstonesAreNeverFound) {
  corpus_.Delete("article-5");
  corpus_.Commit();
  for (const char* text : {"", "-karn"}) {
    v1::SearchRequest request;
    request.set_query(text);
    request.set_page_size(100);
    auto ids = Collect(request);
    EXPECT_THAT(ids, UnorderedElementsAreArray(
                         Expected([&](const auto& article) { return *text == '\0' || !Has(article, "karn"); })));
  }
}

TEST_F(SearcherTest, ASnapshotWithoutTheSequenceOrOfAnotherLineageIsRefused) {
  v1::SearchRequest request;
  request.set_min_sequence(corpus_.index().sequence() + 1);
  EXPECT_EQ(ReasonOf(corpus_.Search(request).status()), "SEQUENCE_NOT_REACHED");
  request.set_min_sequence(corpus_.index().sequence());
  request.set_lineage("another");
  EXPECT_EQ(ReasonOf(corpus_.Search(request).status()), "LINEAGE_MISMATCH");
  request.set_lineage("lineage-1");
  EXPECT_TRUE(corpus_.Search(request).ok());
}

TEST_F(SearcherTest, WorkForACallerWhoIsGoneStops) {
  CallContext context;
  context.Cancel();
  EXPECT_EQ(corpus_.Search({}, context).status().code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(corpus_.Search({}, CallContext(absl::Now() - absl::Seconds(1))).status().code(),
            absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace broadsheet::search
