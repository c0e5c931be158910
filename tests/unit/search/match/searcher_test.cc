#include "search/match/searcher.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "common/base/error.h"
#include "common/text/stemmer.h"
#include "unit/search/match/searcher_fixture.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAreArray;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAreArray;

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
  auto other = Searcher(corpus_.readers(), corpus_.clock()).Search(*query, {});
  EXPECT_EQ(ReasonOf(other.status()), "PAGE_TOKEN_OTHER_LINEAGE");
}

TEST_F(SearcherTest, RelevanceEndsAtAStatedDepth) {
  v1::SearchRequest request;
  request.set_query("lund");
  auto query = Validate(request);
  ASSERT_TRUE(query.ok());
  query->after = PagePosition{};
  query->after->snapshot_identity = corpus_.Search(request)->snapshot.identity;
  query->after->lineage = HashLineage("lineage-1");
  query->after->offset = 10'000;
  auto result = Searcher(corpus_.readers(), corpus_.clock()).Search(*query, {});
  EXPECT_EQ(ReasonOf(result.status()), "PAGE_DEPTH");
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

TEST_F(SearcherTest, APrefixOfTooManyWordsSaysSo) {
  auto article = corpus_.Invent("many-words");
  std::string body;
  for (int i = 0; i < 101; ++i)
    body += "xylo" + std::to_string(1'000 + i) + (i < 100 ? " xyla" + std::to_string(1'000 + i) : "") + " ";
  article.set_body(body);
  corpus_.Add(article);
  corpus_.index().Commit();
  v1::SearchRequest request;
  request.set_query("-karn xyla* -xylo*");
  auto result = corpus_.Search(request);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->notes.size(), 1u);
  EXPECT_EQ(result->notes[0].range, (ByteRange{13, 18}));
  EXPECT_THAT(result->notes[0].message, ::testing::HasSubstr("more than 100 words begin with \"xylo\""));
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
