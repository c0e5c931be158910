#include "ingest/copies/copy_key.h"

#include <gtest/gtest.h>

#include <cmath>

namespace broadsheet::ingest {
namespace {

constexpr absl::Time kReceived = absl::FromUnixSeconds(1'772'438'400);

v1::Article Report(int replaced = 0) {
  v1::Article article;
  std::string& body = *article.mutable_body();
  for (int i = 0; i < 100; ++i)
    body += (i < replaced ? "other" : "word") + std::to_string(i) + " ";
  article.set_content_hash("hash-" + std::to_string(replaced));
  return article;
}

CopyKey KeyOf(const v1::Article& article, int64_t sequence = 1) {
  return MakeCopyKey(article, kReceived, sequence);
}

TEST(CopyKeyTest, TheArticleThatCameFirstIsTheLesser) {
  EXPECT_LT(KeyOf(Report(), 1).rank, KeyOf(Report(), 2).rank);
  EXPECT_LT(MakeCopyKey(Report(), kReceived, 9).rank, MakeCopyKey(Report(), kReceived + absl::Microseconds(1), 1).rank);
}

TEST(CopyKeyTest, AnEmbargoedArticleStandsWhereReadersFindIt) {
  v1::Article embargoed = Report();
  embargoed.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(kReceived) + 60);
  EXPECT_LT(MakeCopyKey(Report(), kReceived + absl::Seconds(59), 2).rank, KeyOf(embargoed, 1).rank);
  EXPECT_LT(KeyOf(embargoed, 1).rank, MakeCopyKey(Report(), kReceived + absl::Seconds(61), 2).rank);
  embargoed.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(kReceived) - 60);
  EXPECT_EQ(KeyOf(embargoed, 1).rank, KeyOf(Report(), 1).rank) << "it is over";
}

TEST(CopyKeyTest, ComesBackFromItsBytesWhichAreInTheOrderOfRanks) {
  v1::Article brief;
  brief.set_body("Too short to be signed.");
  brief.set_content_hash("0123456789abcdef0123456789abcdef");
  for (const v1::Article& article : {Report(), brief, v1::Article()}) {
    const CopyKey key = KeyOf(article, 7);
    EXPECT_EQ(DecodeCopyKey(EncodeCopyKey(key)), key);
    EXPECT_LT(EncodeCopyKey(KeyOf(Report(), 6)), EncodeCopyKey(key));
    EXPECT_LT(EncodeCopyKey(key), EncodeCopyKey(KeyOf(Report(), 8)));
  }
  EXPECT_FALSE(DecodeCopyKey("").has_value());
  EXPECT_FALSE(DecodeCopyKey(EncodeCopyKey(KeyOf(Report())).substr(0, 100)).has_value());
}

TEST(CopyKeyTest, OnlyTheSameTextIsWhollyAlike) {
  EXPECT_EQ(SimilarityOf(KeyOf(Report()), KeyOf(Report())), 1);
  v1::Article punctuated = Report();
  punctuated.set_content_hash("another");
  EXPECT_EQ(SimilarityOf(KeyOf(Report()), KeyOf(punctuated)), kMostOfOthers);
  EXPECT_LT(SimilarityOf(KeyOf(Report()), KeyOf(Report(60))), kCopySimilarity);
  v1::Article brief, other;
  brief.set_body("Ferry late.");
  brief.set_content_hash("a");
  other.set_body("Ferry very late.");
  other.set_content_hash("b");
  EXPECT_EQ(SimilarityOf(KeyOf(brief), KeyOf(brief)), 1);
  EXPECT_EQ(SimilarityOf(KeyOf(brief), KeyOf(other)), 0);
  EXPECT_EQ(SimilarityOf(KeyOf(v1::Article()), KeyOf(v1::Article())), 0) << "without hash or words nothing is known";
}

TEST(CopyKeyTest, HasABandForItsTextAndSomeForItsSignature) {
  const std::vector<std::string> bands = BandsOf(KeyOf(Report()));
  ASSERT_EQ(bands.size(), 1 + kCopyBands);
  EXPECT_TRUE(IsExactBand(bands[0]));
  EXPECT_EQ(bands[0], "=hash-0");
  for (size_t i = 1; i < bands.size(); ++i) {
    EXPECT_FALSE(IsExactBand(bands[i]));
    EXPECT_EQ(bands[i].size(), 1 + 2 * kBandBins);
    EXPECT_EQ(bands[i][0], static_cast<char>('a' + i - 1));
  }
  v1::Article brief;
  brief.set_content_hash("a");
  EXPECT_EQ(BandsOf(KeyOf(brief)), (std::vector<std::string>{"=a"}));
}

// Pairs with a known share of equal bins, by the formula of banding.
TEST(CopyKeyTest, BandsFindNearlyAllThatAreSimilarEnough) {
  auto share = [](double similarity) { return 1 - std::pow(1 - std::pow(similarity, kBandBins), kCopyBands); };
  EXPECT_GT(share(kCopySimilarity), 0.99);
  EXPECT_LT(share(0.1), 0.015);
}

}  // namespace
}  // namespace broadsheet::ingest
