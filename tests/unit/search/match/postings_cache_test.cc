#include "search/match/postings_cache.h"

#include <gmock/gmock.h>

#include <map>

#include "common/schema/field.h"
#include "common/text/tokenizer.h"
#include "search/match/posting_reader.h"
#include "search/match/stored.h"
#include "unit/search/match/searcher_fixture.h"

namespace broadsheet::search {
namespace {

class PostingsCacheTest : public SearcherTest {
 protected:
  PostingsCacheTest() : reader_(corpus_.readers().Acquire()) {
    EXPECT_TRUE(reader_->Refresh().ok());
    columns_ = *corpus_.readers().ColumnsOf(*reader_, {});
  }

  const Xapian::Database& shard() { return reader_->shards()[0].database; }

  PostingsCache::Postings Get(PostingsCache& cache, const std::vector<std::string>& terms) {
    return cache.Get(shard(), *columns_[0], terms, {});
  }

  // How often a word of the corpus is in the articles that have it, as it counts: title words several times.
  std::map<std::string, uint32_t> Occurrences(const std::vector<std::string>& words) const {
    std::map<std::string, uint32_t> counts;
    for (const auto& article : corpus_.articles()) {
      for (const auto& token : Tokenize(article.title()))
        if (std::count(words.begin(), words.end(), token.text) > 0) counts[article.id()] += kTitleWeight;
      for (const auto& token : Tokenize(article.body()))
        if (std::count(words.begin(), words.end(), token.text) > 0) ++counts[article.id()];
    }
    return counts;
  }

  ReaderPool::Lease reader_;
  ColumnSet columns_;
};

TEST_F(PostingsCacheTest, DecodesWhatIsAskedForAgain) {
  PostingsCache cache(PostingsCache::kLeastBytes, 0);
  EXPECT_EQ(Get(cache, {"karn"}), nullptr);
  auto decoded = Get(cache, {"karn"});
  ASSERT_NE(decoded, nullptr);
  EXPECT_EQ(Get(cache, {"karn"}), decoded);
  EXPECT_EQ(Get(cache, {"vorp"}), nullptr);
  EXPECT_GE(cache.bytes(), decoded->bytes());
}

TEST_F(PostingsCacheTest, DecodesFewWheneverTheyAreAskedFor) {
  PostingsCache cache;
  EXPECT_NE(cache.KnownOrFew(shard(), *columns_[0], {"vorp"}, {}), nullptr);
  const auto decoded = Get(cache, {"karn"});
  ASSERT_NE(decoded, nullptr);
  EXPECT_EQ(cache.bytes(), 0u) << "what is asked for once is not kept";
  EXPECT_EQ(Get(cache, {"karn"})->Docids(), decoded->Docids());
  EXPECT_EQ(Get(cache, {"karn"}), Get(cache, {"karn"}));

  v1::Article rare = corpus_.Invent("rare");
  rare.set_body("karn grelb " + rare.body());
  corpus_.Add(rare);
  corpus_.Commit();
  ASSERT_TRUE(reader_->Refresh().ok());
  columns_ = *corpus_.readers().ColumnsOf(*reader_, {});
  const CallContext context;
  const auto phrase = cache.GetPhrase(shard(), *columns_[0], {"karn", "grelb"}, context);
  ASSERT_NE(phrase, nullptr);
  EXPECT_EQ(phrase->size, 1u);

  PostingsCache fewer(PostingsCache::kLeastBytes, decoded->size - 1);
  EXPECT_EQ(fewer.KnownOrFew(shard(), *columns_[0], {"karn"}, {}), nullptr);
  EXPECT_EQ(Get(fewer, {"karn"}), nullptr);
}

TEST_F(PostingsCacheTest, HoldsWhatPlainLoopsCount) {
  PostingsCache cache(PostingsCache::kLeastBytes, 0);
  for (const std::vector<std::string>& terms : {std::vector<std::string>{"karn"}, {"karn", "vorp"}, {"nowhere"}}) {
    Get(cache, terms);
    auto decoded = Get(cache, terms);
    ASSERT_NE(decoded, nullptr);
    std::map<std::string, uint32_t> counts;
    Xapian::docid before = 0;
    for (PostingReader reader(*decoded); !reader.AtEnd(); reader.Next()) {
      EXPECT_GT(reader.docid(), before);
      before = reader.docid();
      counts[ReadArticle(*reader_, reader_->InSnapshot(0, before), false)->id()] = reader.count();
      EXPECT_LE(reader.count(), reader.block().most_count);
      EXPECT_GE(columns_[0]->lengths[before], reader.block().least_length);
    }
    EXPECT_EQ(counts, Occurrences(terms));
  }
}

TEST_F(PostingsCacheTest, StaysWithinItsBudget) {
  PostingsCache cache(6'000, 0);
  for (const std::string& word : kWords) {
    for (int asks = 0; asks < 20 && cache.KnownOrFew(shard(), *columns_[0], {word}, {}) == nullptr; ++asks)
      Get(cache, {word});
    EXPECT_NE(cache.KnownOrFew(shard(), *columns_[0], {word}, {}), nullptr) << word;
    EXPECT_LE(cache.bytes(), 6'000u);
  }
  EXPECT_EQ(cache.KnownOrFew(shard(), *columns_[0], {kWords.front()}, {}), nullptr)
      << "what was asked for longest goes first";
}

TEST_F(PostingsCacheTest, WhatIsAskedForOftenStaysUntilItIsNotAnyMore) {
  PostingsCache cache(5'000, 0);
  auto ask = [&](const std::vector<std::string>& terms, int times) {
    PostingsCache::Postings postings;
    for (int i = 0; i < times; ++i)
      postings = Get(cache, terms);
    return postings;
  };
  std::vector<std::string> held;
  for (const std::string& word : kWords) {
    if (ask({word}, 10) != nullptr) held.push_back(word);
  }
  ASSERT_GT(held.size(), 3u);
  ASSERT_LT(held.size(), kWords.size());
  const std::vector<std::string> rarely = {"karn", "nowhere"};
  EXPECT_EQ(ask(rarely, 5), nullptr);
  for (const std::string& word : held)
    EXPECT_NE(cache.KnownOrFew(shard(), *columns_[0], {word}, {}), nullptr) << word;
  EXPECT_NE(ask(rarely, 10), nullptr) << "it was asked for more often in the end";
  ask({held.back()}, 11'000);
  EXPECT_NE(ask({"vorp", "nowhere"}, 2), nullptr) << "nobody asks for the oldest any more";
}

TEST_F(PostingsCacheTest, LeavesOutWhatIsTooLarge) {
  PostingsCache cache(1'000, 0);
  Get(cache, {"karn"});
  EXPECT_EQ(Get(cache, {"karn"}), nullptr);
  EXPECT_EQ(Get(cache, {"karn"}), nullptr);
}

TEST_F(PostingsCacheTest, KnowsRevisionsApart) {
  PostingsCache cache(PostingsCache::kLeastBytes, 0);
  Get(cache, {"karn"});
  const size_t before = Get(cache, {"karn"})->size;
  v1::Article article = corpus_.Invent("later");
  article.set_body("karn karn");
  corpus_.Add(article);
  corpus_.Commit();
  ASSERT_TRUE(reader_->Refresh().ok());
  columns_ = *corpus_.readers().ColumnsOf(*reader_, {});
  Get(cache, {"karn"});
  EXPECT_EQ(Get(cache, {"karn"})->size, before + 1);
}

TEST_F(PostingsCacheTest, ACountThatDoesNotFitIsNotDecoded) {
  v1::Article article = corpus_.Invent("many");
  std::string body;
  for (int i = 0; i < 256; ++i)
    body += "karn ";
  article.set_body(body);
  corpus_.Add(article);
  corpus_.Commit();
  ASSERT_TRUE(reader_->Refresh().ok());
  columns_ = *corpus_.readers().ColumnsOf(*reader_, {});
  PostingsCache cache(PostingsCache::kLeastBytes, 0);
  Get(cache, {"karn"});
  EXPECT_EQ(Get(cache, {"karn"}), nullptr);
}

}  // namespace
}  // namespace broadsheet::search
