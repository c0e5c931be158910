// Searches while a writer commits as fast as it can: every answer is right, and from one snapshot.
#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <string>
#include <thread>

#include "common/index/xapian_status.h"
#include "search/index/reader_pool.h"
#include "search/match/library.h"
#include "search/match/searcher.h"
#include "search/query/validate.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

constexpr int kArticles = 60;
constexpr int kSearchesOfEachThread = 1'000;
constexpr int kLeastCommits = 21;  // meanwhile
constexpr int kThreads = 3;

// Every commit gives all articles the same next number, as their section and as a word of the body. An answer from one
// snapshot therefore sees one number only, whatever it is.
class SearchSnapshotTest : public ::testing::Test {
 protected:
  SearchSnapshotTest() : index_(directory_.path() / "index"), readers_(directory_.path() / "index") { Turn(); }

  void Turn() {
    ++number_;
    for (int i = 0; i < kArticles; ++i) {
      v1::Article article;
      article.set_id("article-" + std::to_string(i));
      article.set_title("everywhere");
      article.set_body("everywhere number" + std::to_string(number_) + " and some more words to fill the blocks");
      article.set_section("section " + std::to_string(number_));
      article.set_language("en");
      if (i % 7 > 0) article.mutable_published_time()->set_seconds(1'700'000'000 + i * 1'000 + number_);
      index_.Add(article);
    }
    index_.Commit();
    commits_.fetch_add(1);
  }

  // One search with everything that is read at different moments of a match.
  void CheckOneAnswer(int round) {
    v1::SearchRequest request;
    if (round % 2 == 0) request.set_query("everywhere");
    request.set_order(round % 3 == 0 ? v1::ORDER_NEWEST : v1::ORDER_UNSPECIFIED);
    request.set_page_size(20);
    request.set_explain(round % 5 == 0);
    request.add_facets()->set_field("section");
    auto* all = request.add_facets();
    all->set_field("section");
    all->set_name("without filter");
    all->add_excluded_filter_fields("language");
    request.mutable_filter()->mutable_in_values()->set_field("language");
    request.mutable_filter()->mutable_in_values()->add_values("en");
    auto query = Validate(request);
    ASSERT_TRUE(query.ok()) << query.status();
    auto result = Searcher(readers_, clock_).Search(*query, CallContext());
    ASSERT_TRUE(result.ok()) << result.status();
    ASSERT_EQ(result->snapshot.sequence % kArticles, 0);
    const std::string section = "section " + std::to_string(result->snapshot.sequence / kArticles);
    ASSERT_EQ(result->hits.size(), 20u);
    EXPECT_EQ(result->total.value(), kArticles);
    for (const auto& hit : result->hits)
      EXPECT_EQ(hit.article().section(), section);
    for (const auto& facet : result->facets) {
      EXPECT_EQ(facet.considered(), kArticles);
      ASSERT_EQ(facet.buckets_size(), 1);
      EXPECT_EQ(facet.buckets(0).value(), section);
      EXPECT_EQ(facet.buckets(0).count(), kArticles);
    }
    auto article = Library(readers_, clock_).Get({"article-3"}, v1::ARTICLE_VIEW_FULL, {}, CallContext());
    ASSERT_TRUE(article.ok()) << article.status();
    EXPECT_EQ(article->articles(0).section(), "section " + std::to_string(article->snapshot().sequence() / kArticles));
  }

  support::TempDirectory directory_;
  support::TestIndex index_;
  ReaderPool readers_;
  SystemClock clock_;
  int number_ = 0;
  std::atomic<int> commits_{0};
};

TEST_F(SearchSnapshotTest, EveryAnswerUnderACommittingWriterIsFromOneSnapshot) {
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    while (!stop)
      Turn();
  });
  std::vector<std::thread> searchers;
  for (int t = 0; t < kThreads; ++t) {
    searchers.emplace_back([&] {
      for (int round = 0; round < kSearchesOfEachThread || commits_ < kLeastCommits; ++round) {
        if (HasFailure()) return;
        CheckOneAnswer(round);
      }
    });
  }
  for (auto& searcher : searchers)
    searcher.join();
  stop = true;
  writer.join();
}

// The engine's own behaviour that the retry hides, so that the test above is known to mean something.
TEST_F(SearchSnapshotTest, AReaderThatIsOvertakenByTwoCommitsFailsAndIsRunAgain) {
  int attempts = 0;
  absl::Status status = readers_.Run(CallContext(), [&](Reader& reader, Effort) {
    ++attempts;
    if (attempts == 1) {
      Turn();
      Turn();
    }
    return CatchXapian([&] {
      for (auto id = reader.database().postlist_begin(""); id != reader.database().postlist_end(""); ++id) {
        reader.database().get_document(*id).get_data();
      }
    });
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(attempts, 2);
}

// Hundreds of pages while a writer changes every tenth article again and again.
class DeepPagingTest : public ::testing::Test {
 protected:
  static constexpr int kPaged = 2'000;
  static constexpr int kPageSize = 7;

  DeepPagingTest() {
    for (int i = 0; i < kPaged; ++i)
      index_.Add(Invent(i, 1));
    index_.Commit();
  }

  static v1::Article Invent(int i, int revision) {
    v1::Article article;
    article.set_id("article-" + std::to_string(i));
    article.set_title("everywhere");
    article.set_body("everywhere" + std::string(i % 50, ' ') + " revision" + std::to_string(revision));
    article.set_language("en");
    article.set_revision(revision);
    if (i % 9 > 0) article.mutable_published_time()->set_seconds(1'700'000'000 + (i * 7'919) % 100'000 + revision);
    return article;
  }

  // All pages of a request while the writer commits; true when some page said that the snapshot had changed.
  bool CollectAll(v1::SearchRequest request, std::map<std::string, int>& times) {
    std::atomic<bool> stop{false};
    std::atomic<int> commits{0};
    std::thread writer([&] {
      for (int revision = 2; !stop; ++revision) {
        for (int i = 0; i < kPaged; i += 10 * (1 + revision % 7))
          index_.Add(Invent(i, revision));
        index_.Commit();
        ++commits;
      }
    });
    bool changed = false;
    pages_ = 0;
    do {
      for (const int before = commits; pages_ % 4 == 0 && commits == before;)
        std::this_thread::yield();
      auto query = Validate(request);
      EXPECT_TRUE(query.ok()) << query.status();
      auto result = Searcher(readers_, clock_).Search(*query, CallContext());
      if (absl::IsAborted(result.status())) continue;  // as a client would
      EXPECT_TRUE(result.ok()) << result.status();
      if (!result.ok()) break;
      for (const auto& hit : result->hits)
        ++times[hit.article().id()];
      changed = changed || result->snapshot_changed;
      request.set_page_token(result->next_page_token);
      ++pages_;
    } while (pages_ == 0 || !request.page_token().empty());
    stop = true;
    writer.join();
    EXPECT_GT(commits, 20);
    return changed;
  }

  support::TempDirectory directory_;
  support::TestIndex index_{directory_.path() / "index"};
  ReaderPool readers_{directory_.path() / "index"};
  SystemClock clock_;
  int pages_ = 0;
};

TEST_F(DeepPagingTest, ByDateEachUnchangedArticleComesExactlyOnce) {
  for (v1::Order order : {v1::ORDER_NEWEST, v1::ORDER_OLDEST}) {
    v1::SearchRequest request;
    request.set_query("everywhere");
    request.set_order(order);
    request.set_page_size(kPageSize);
    request.mutable_highlight()->set_disabled(true);
    std::map<std::string, int> times;
    EXPECT_TRUE(CollectAll(request, times));
    EXPECT_GT(pages_, kPaged * 9 / 10 / kPageSize);
    for (int i = 0; i < kPaged; ++i) {
      if (i % 10 == 0) continue;
      EXPECT_EQ(times["article-" + std::to_string(i)], 1) << i << " in order " << order;
    }
  }
}

// Scores depend on the whole index, so that by relevance no page can promise that; it goes on after the hit and says
// so.
TEST_F(DeepPagingTest, ByRelevanceItGoesOnAndSaysThatTheSnapshotChanged) {
  v1::SearchRequest request;
  request.set_query("everywhere");
  request.set_page_size(kPageSize);
  request.mutable_highlight()->set_disabled(true);
  std::map<std::string, int> times;
  EXPECT_TRUE(CollectAll(request, times));
  EXPECT_GT(pages_, kPaged / 2 / kPageSize);
}

}  // namespace
}  // namespace broadsheet::search
