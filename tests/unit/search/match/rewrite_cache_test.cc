#include "search/match/rewrite_cache.h"

#include <gmock/gmock.h>

#include "search/query/parse.h"

namespace broadsheet::search {
namespace {

class RewriteCacheTest : public ::testing::Test {
 protected:
  static SearchQuery Query(const std::string& text) { return {.text = *ParseQuery(text, MatchMode::kAllWords)}; }

  // What the cache gives; counts how often it had to be made, and marks each.
  RewrittenQuery Get(const SearchQuery& query, uint64_t snapshot = 1) {
    return cache_.Get(query, snapshot, [&] {
      ++made_;
      return RewrittenQuery{.query = query.text, .suggestion = "suggestion " + std::to_string(made_)};
    });
  }

  RewriteCache cache_;
  int made_ = 0;
};

TEST_F(RewriteCacheTest, TheSameTextIsRewrittenOnce) {
  const RewrittenQuery first = Get(Query("karn vorp"));
  const RewrittenQuery again = Get(Query("karn vorp"));
  EXPECT_EQ(made_, 1);
  EXPECT_EQ(again.suggestion, first.suggestion);
  EXPECT_EQ(*again.query.root, *first.query.root);
}

TEST_F(RewriteCacheTest, WhatChangesTheWordsIsRewrittenAnew) {
  Get(Query("karn"));
  Get(Query("vorp"));
  EXPECT_EQ(Get(Query("karn"), 2).suggestion, "suggestion 3") << "another snapshot";
  SearchQuery strict = Query("karn");
  strict.words.typos = false;
  EXPECT_EQ(Get(strict).suggestion, "suggestion 4");
  SearchQuery synonyms = Query("karn");
  synonyms.synonyms = std::make_shared<const Synonyms>();
  EXPECT_EQ(Get(synonyms).suggestion, "suggestion 5");
  synonyms.synonyms = std::make_shared<const Synonyms>();
  EXPECT_EQ(Get(synonyms).suggestion, "suggestion 6") << "they were loaded again";
}

TEST_F(RewriteCacheTest, NotesAreThoseOfTheQueryAsItWasWritten) {
  EXPECT_TRUE(Get(Query("karn")).query.notes.empty());
  const SearchQuery unbalanced = Query("karn)");
  ASSERT_FALSE(unbalanced.text.notes.empty());
  EXPECT_EQ(Get(unbalanced).query.notes.size(), unbalanced.text.notes.size());
  EXPECT_EQ(made_, 1);
}

TEST_F(RewriteCacheTest, ItsMemoryIsBounded) {
  std::string words;
  for (int i = 0; i < 30; ++i)
    words += "plonkvorpquab" + std::to_string(i) + " ";
  for (int i = 0; i < 400; ++i)
    Get(Query(words + std::to_string(i)));
  ASSERT_EQ(made_, 400);
  Get(Query(words + "0"));
  EXPECT_EQ(made_, 401) << "the first was let go";
  Get(Query(words + "399"));
  EXPECT_EQ(made_, 401);
}

}  // namespace
}  // namespace broadsheet::search
