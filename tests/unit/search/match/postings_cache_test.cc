#include "search/match/postings_cache.h"

#include <gmock/gmock.h>

#include <map>

#include "common/schema/field.h"
#include "common/text/tokenizer.h"
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
    return cache.Get(shard(), *columns_[0], terms, [] {});
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
  PostingsCache cache;
  EXPECT_EQ(Get(cache, {"karn"}), nullptr);
  auto decoded = Get(cache, {"karn"});
  ASSERT_NE(decoded, nullptr);
  EXPECT_EQ(Get(cache, {"karn"}), decoded);
  EXPECT_EQ(Get(cache, {"vorp"}), nullptr);
  EXPECT_GE(cache.bytes(), decoded->bytes());
}

TEST_F(PostingsCacheTest, HoldsWhatPlainLoopsCount) {
  PostingsCache cache;
  for (const std::vector<std::string>& terms : {std::vector<std::string>{"karn"}, {"karn", "vorp"}, {"nowhere"}}) {
    Get(cache, terms);
    auto decoded = Get(cache, terms);
    ASSERT_NE(decoded, nullptr);
    std::map<std::string, uint32_t> counts;
    for (size_t i = 0; i < decoded->size(); ++i) {
      const Xapian::docid docid = decoded->docids[i];
      if (i > 0) EXPECT_GT(docid, decoded->docids[i - 1]);
      counts[ReadArticle(shard(), docid, false)->id()] = decoded->counts[i];
      const auto& block = decoded->blocks[i / DecodedPostings::kBlock];
      EXPECT_LE(decoded->counts[i], block.most_count);
      EXPECT_GE(columns_[0]->lengths[docid], block.least_length);
    }
    EXPECT_EQ(counts, Occurrences(terms));
  }
}

TEST_F(PostingsCacheTest, StaysWithinItsBudget) {
  PostingsCache cache(20'000);
  for (const std::string& word : kWords) {
    Get(cache, {word});
    EXPECT_NE(Get(cache, {word}), nullptr) << word;
    EXPECT_LE(cache.bytes(), 20'000u);
  }
  EXPECT_NE(Get(cache, {kWords.back()}), nullptr);
  EXPECT_EQ(Get(cache, {kWords.front()}), nullptr) << "what was asked for longest goes first";
}

TEST_F(PostingsCacheTest, LeavesOutWhatIsTooLarge) {
  PostingsCache cache(1'000);
  Get(cache, {"karn"});
  EXPECT_EQ(Get(cache, {"karn"}), nullptr);
  EXPECT_EQ(Get(cache, {"karn"}), nullptr);
}

TEST_F(PostingsCacheTest, KnowsRevisionsApart) {
  PostingsCache cache;
  Get(cache, {"karn"});
  const size_t before = Get(cache, {"karn"})->size();
  v1::Article article = corpus_.Invent("later");
  article.set_body("karn karn");
  corpus_.Add(article);
  corpus_.Commit();
  ASSERT_TRUE(reader_->Refresh().ok());
  columns_ = *corpus_.readers().ColumnsOf(*reader_, {});
  Get(cache, {"karn"});
  EXPECT_EQ(Get(cache, {"karn"})->size(), before + 1);
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
  PostingsCache cache;
  Get(cache, {"karn"});
  EXPECT_EQ(Get(cache, {"karn"}), nullptr);
}

}  // namespace
}  // namespace broadsheet::search
