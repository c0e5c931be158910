#include "search/match/length_weights.h"

#include <gmock/gmock.h>

#include "common/index/xapian_status.h"
#include "search/match/ranking.h"
#include "search/query/compile.h"
#include "unit/search/match/two_shards.h"

namespace broadsheet::search {
namespace {

constexpr Xapian::doccount kBest = 30;

// Words of which some are other words' stems in one of the languages, so that they are looked up by two terms.
std::string Word(Corpus& random) {
  static const std::vector<std::string> words = {"karn",    "karning", "dolts", "murg",
                                                 "plonken", "zind",    "quab",  "nowhere"};
  return words[static_cast<size_t>(random.Roll(static_cast<int>(words.size())))];
}

std::string QueryText(Corpus& random, int depth) {
  if (depth == 0) return random.Roll(8) == 0 ? "title:" + Word(random) : Word(random);
  std::string text;
  for (int i = 2 + random.Roll(3); i > 0; --i) {
    const int kind = random.Roll(6);
    if (!text.empty()) text += kind == 0 ? " OR " : " ";
    text += kind == 1   ? "-" + Word(random)
            : kind == 2 ? "(" + QueryText(random, depth - 1) + ")"
                        : QueryText(random, 0);
  }
  return text;
}

class LengthWeightsTest : public ::testing::Test {
 protected:
  // Whether both ways find the same articles with the same weights, in the same order. With `decoded`, postings are
  // decoded as soon as they were asked for once.
  void Compare(ReaderPool& readers, Corpus& random, int queries, bool decoded) {
    auto reader = readers.Acquire();
    ASSERT_TRUE(reader->Refresh().ok());
    const ColumnSet columns = *readers.ColumnsOf(*reader, {});
    PostingsCache cache(decoded ? PostingsCache::kLeastBytes : 0, 0);
    LengthWeights weights(reader->frequencies(), columns, kBm25, {}, cache);
    if (!decoded) cache.SetArticles(0);
    const WeighAnyOf weigh = [&](const std::vector<std::string>& terms) { return weights.AnyOf(terms); };
    int found = 0;
    for (int i = 0; i < queries; ++i) {
      const std::string text = QueryText(random, 1 + random.Roll(2));
      const ParsedQuery query = *ParseQuery(text, random.Roll(2) == 0 ? MatchMode::kAllWords : MatchMode::kAnyWord);
      const bool all = random.Roll(2) == 0;
      Xapian::MSet stock = Match(*reader, CompileText(query, reader->languages(), false), all);
      Xapian::MSet ours = Match(*reader, CompileText(query, reader->languages(), false, &weigh), all);
      ASSERT_EQ(ours.size(), stock.size()) << text;
      found += !stock.empty();
      for (Xapian::doccount hit = 0; hit < stock.size(); ++hit) {
        ASSERT_NEAR(ours[hit].get_weight(), stock[hit].get_weight(), 1e-12) << text;
        const bool tied = hit > 0 && stock[hit].get_weight() - stock[hit - 1].get_weight() > -1e-9;
        const bool ties = hit + 1 < stock.size() && stock[hit + 1].get_weight() - stock[hit].get_weight() > -1e-9;
        if (!tied && !ties && hit + 1 < stock.size()) {
          ASSERT_EQ(*ours[hit], *stock[hit]) << text;
        }
      }
      if (all) {
        ASSERT_EQ(ours.get_matches_estimated(), stock.get_matches_estimated()) << text;
      }
    }
    EXPECT_GT(found, queries / 3);
    EXPECT_EQ(HoldsPostings(cache), decoded);
  }

  // More than what says that a list is not to be decoded.
  static bool HoldsPostings(const PostingsCache& cache) { return cache.bytes() > 10'000; }

  static Xapian::MSet Match(Reader& reader, const Xapian::Query& query, bool all) {
    Xapian::Enquire enquire(reader.database());
    enquire.set_weighting_scheme(Bm25());
    enquire.set_query(query);
    return enquire.get_mset(0, kBest, all ? reader.database().get_doccount() : 0);
  }

  void AddForms(Corpus& corpus, int articles) {
    for (int i = 0; i < articles; ++i) {
      v1::Article article = corpus.Invent("forms-" + std::to_string(corpus.index().sequence()));
      article.set_body(article.body() + " " + Word(corpus) + " " + Word(corpus) + " " + corpus.Text(corpus.Roll(200)));
      corpus.Add(std::move(article));
    }
    corpus.Commit();
  }
};

TEST_F(LengthWeightsTest, AreThoseOfTheEngineToTheLastDigits) {
  Corpus corpus(300);
  AddForms(corpus, 500);
  Compare(corpus.readers(), corpus, 3'000, false);
}

TEST_F(LengthWeightsTest, AreTheSameFromDecodedPostings) {
  Corpus corpus(300);
  AddForms(corpus, 1'500);
  Compare(corpus.readers(), corpus, 3'000, true);
}

TEST_F(LengthWeightsTest, StopAtTheDeadline) {
  Corpus corpus(2'000);
  auto reader = corpus.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  PostingsCache cache(PostingsCache::kLeastBytes, 0);
  const LengthWeights weights(reader->frequencies(), *corpus.readers().ColumnsOf(*reader, {}), kBm25,
                              CallContext(absl::Now() - absl::Seconds(1)), cache);
  auto matched = CatchXapian([&] { return Match(*reader, weights.AnyOf({"karn"}), true).size(); });
  EXPECT_EQ(matched.status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(LengthWeightsTest, CountOverAllShards) {
  TwoShards shards;
  Corpus random(0);
  Compare(shards.readers(), random, 1'000, false);
  Compare(shards.readers(), random, 1'000, true);
}

}  // namespace
}  // namespace broadsheet::search
