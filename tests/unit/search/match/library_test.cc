#include "search/match/library.h"

#include <gmock/gmock.h>

#include "common/base/error.h"
#include "common/schema/field.h"
#include "search/match/result.h"
#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class LibraryTest : public ::testing::Test {
 protected:
  Corpus corpus_{60};
  Library library_{corpus_.readers(), corpus_.clock()};
};

TEST_F(LibraryTest, ArticlesComeInTheOrderOfTheIdsAndTheMissingAreNamed) {
  corpus_.Delete("article-3");
  corpus_.Commit();
  auto found = library_.Get({"article-9", "nobody", "article-3", "article-1"}, v1::ARTICLE_VIEW_CARD, {}, {});
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_THAT(found->articles(), SizeIs(2));
  EXPECT_EQ(found->articles(0).id(), "article-9");
  EXPECT_EQ(found->articles(1).id(), "article-1");
  EXPECT_TRUE(found->articles(0).body().empty());
  EXPECT_THAT(found->missing_ids(), ElementsAre("nobody", "article-3"));
  EXPECT_EQ(found->snapshot().sequence(), corpus_.index().sequence());
  EXPECT_EQ(found->snapshot().lineage(), "lineage-1");
}

TEST_F(LibraryTest, TheFullViewIsWhatWasIngested) {
  for (const auto& article : corpus_.articles()) {
    auto found = library_.Get({article.id()}, v1::ARTICLE_VIEW_FULL, {}, {});
    ASSERT_TRUE(found.ok());
    ASSERT_THAT(found->articles(), SizeIs(1));
    EXPECT_EQ(found->articles(0).body(), article.body());
    EXPECT_EQ(found->articles(0).attributes().size(), article.attributes().size());
  }
}

TEST_F(LibraryTest, WhatDoesNotFitIntoTheReplyIsDeferred) {
  std::vector<std::string> ids;
  for (int i = 0; i < 6; ++i) {
    v1::Article article = corpus_.Invent("large-" + std::to_string(i));
    article.set_body(std::string(900'000, 'x'));
    ids.push_back(article.id());
    corpus_.Add(article);
  }
  corpus_.Commit();
  ids.push_back("nobody");
  auto found = library_.Get(ids, v1::ARTICLE_VIEW_FULL, {}, {});
  ASSERT_TRUE(found.ok());
  EXPECT_THAT(found->articles(), SizeIs(3));
  EXPECT_THAT(found->deferred_ids(), ElementsAre("large-3", "large-4", "large-5"));
  EXPECT_THAT(found->missing_ids(), ElementsAre("nobody"));
  EXPECT_LE(found->ByteSizeLong(), kMaxReplyBytes + 1'000);
}

TEST_F(LibraryTest, RequirementsAreChecked) {
  EXPECT_EQ(ReasonOf(library_.Get({"article-1"}, v1::ARTICLE_VIEW_CARD, {1'000, ""}, {}).status()),
            "SEQUENCE_NOT_REACHED");
  EXPECT_EQ(ReasonOf(library_.Get({"article-1"}, v1::ARTICLE_VIEW_CARD, {0, "other"}, {}).status()),
            "LINEAGE_MISMATCH");
}

TEST_F(LibraryTest, TheIndexIsDescribed) {
  corpus_.Delete("article-7");
  corpus_.Commit();
  auto info = library_.Describe({});
  ASSERT_TRUE(info.ok()) << info.status();
  EXPECT_EQ(info->articles(), 59);
  EXPECT_EQ(info->tombstones(), 1);
  EXPECT_EQ(info->snapshot().sequence(), 61);
  ASSERT_THAT(info->shards(), SizeIs(1));
  EXPECT_EQ(info->shards(0).uuid(), corpus_.index().manifest().shards[0].uuid);
  EXPECT_EQ(info->shards(0).documents(), 60);
  EXPECT_GT(info->shards(0).bytes(), 10'000);
  EXPECT_EQ(info->schema_version(), kSchemaVersion);
  ASSERT_EQ(static_cast<size_t>(info->fields_size()), Fields().size());
  EXPECT_EQ(info->fields(5).name(), "authors");
  EXPECT_EQ(info->fields(5).query_name(), "author");
  EXPECT_TRUE(info->fields(5).repeated());
  int64_t earliest = info->earliest_published_time().seconds();
  int64_t latest = info->latest_published_time().seconds();
  for (const auto& article : corpus_.articles()) {
    if (!article.has_published_time()) continue;
    EXPECT_LE(earliest, article.published_time().seconds());
    EXPECT_GE(latest, article.published_time().seconds());
  }
}

TEST_F(LibraryTest, LanguagesAreThoseOfTheArticles) {
  EXPECT_THAT(library_.Languages({}), ElementsAre("de", "en"));
}

}  // namespace
}  // namespace broadsheet::search
