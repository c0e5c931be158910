#include "search/match/article_cache.h"

#include <gmock/gmock.h>

#include "common/schema/term.h"
#include "search/match/stored.h"
#include "unit/search/match/searcher_fixture.h"

namespace broadsheet::search {
namespace {

class ArticleCacheTest : public SearcherTest {
 protected:
  ArticleCacheTest() : reader_(corpus_.readers().Acquire()) { EXPECT_TRUE(reader_->Refresh().ok()); }

  ArticleCache::Shown Get(ArticleCache& cache, Xapian::docid docid, bool with_body) {
    auto shown = cache.Get(*reader_, docid, with_body);
    EXPECT_TRUE(shown.ok()) << shown.status();
    return *std::move(shown);
  }

  ReaderPool::Lease reader_;
};

TEST_F(ArticleCacheTest, GivesWhatIsStoredAndReadsItOnce) {
  ArticleCache cache;
  for (Xapian::docid docid : {3, 7}) {
    const auto stored = *ReadArticle(*reader_, docid, true);
    const auto without_body = Get(cache, docid, false);
    EXPECT_EQ(without_body->card.id(), stored.id());
    EXPECT_EQ(without_body->card.title(), stored.title());
    EXPECT_EQ(without_body->card.body(), "");
    EXPECT_EQ(without_body->body, "");
    EXPECT_EQ(Get(cache, docid, false), without_body);
    const auto with_body = Get(cache, docid, true);
    EXPECT_EQ(with_body->body, stored.body());
    EXPECT_EQ(Get(cache, docid, true), with_body);
    EXPECT_EQ(Get(cache, docid, false), with_body) << "the body does no harm";
  }
}

TEST_F(ArticleCacheTest, StaysWithinItsBudget) {
  ArticleCache cache(20'000);
  for (Xapian::docid docid = 1; docid <= 100; ++docid) {
    Get(cache, docid, true);
    EXPECT_LE(cache.bytes(), 20'000u);
  }
  EXPECT_GT(cache.bytes(), 10'000u);
}

TEST_F(ArticleCacheTest, KnowsRevisionsApart) {
  ArticleCache cache;
  v1::Article article = corpus_.articles().front();
  const Xapian::docid docid = reader_->FindStanding(IdTerm(article.id()));
  EXPECT_EQ(Get(cache, docid, false)->card.title(), article.title());
  article.set_title("Quite another title");
  corpus_.Add(article);
  corpus_.Commit();
  ASSERT_TRUE(reader_->Refresh().ok());
  const Xapian::docid now = reader_->FindStanding(IdTerm(article.id()));
  EXPECT_EQ(Get(cache, now, false)->card.title(), "Quite another title");
}

}  // namespace
}  // namespace broadsheet::search
