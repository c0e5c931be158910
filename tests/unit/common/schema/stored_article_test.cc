#include "common/schema/stored_article.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>

#include "common/base/error.h"

namespace broadsheet {
namespace {

using Code = absl::StatusCode;
using google::protobuf::util::MessageDifferencer;

v1::Article SampleArticle() {
  v1::Article article;
  article.set_id("a-7");
  article.set_title("Harbour town votes for the ferry");
  article.set_body("The council of Nordhaven voted on Tuesday.\n\nThe ferry will sail in spring.");
  article.set_source("The Nordhaven Post");
  article.add_authors("Ada Lind");
  article.add_tags("ferries");
  article.set_language("en");
  article.mutable_published_time()->set_seconds(1'750'500'000);
  article.set_sequence(42);
  article.set_revision(3);
  (*article.mutable_attributes())["desk"] = "local";
  auto* origin = article.add_origins();
  origin->set_field("title");
  origin->set_origin(v1::ORIGIN_TEXT);
  return article;
}

TEST(StoredArticleTest, TheWholeArticleComesBack) {
  for (const v1::Article& article : {SampleArticle(), v1::Article()}) {
    auto decoded = DecodeFullArticle(EncodeStoredArticle(article));
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_TRUE(MessageDifferencer::Equals(*decoded, article)) << decoded->DebugString();
  }
}

TEST(StoredArticleTest, TheCardIsEverythingButBodyAttributesAndOrigins) {
  v1::Article expected = SampleArticle();
  expected.clear_body();
  expected.clear_attributes();
  expected.clear_origins();
  auto card = DecodeCard(EncodeStoredArticle(SampleArticle()));
  ASSERT_TRUE(card.ok()) << card.status();
  EXPECT_TRUE(MessageDifferencer::Equals(*card, expected)) << card->DebugString();
}

TEST(StoredArticleTest, CardAndBodyAreWithoutTheRest) {
  for (v1::Article expected : {SampleArticle(), v1::Article()}) {
    const std::string stored = EncodeStoredArticle(expected);
    expected.clear_attributes();
    expected.clear_origins();
    auto decoded = DecodeCardAndBody(stored);
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_TRUE(MessageDifferencer::Equals(*decoded, expected)) << decoded->DebugString();
  }
}

TEST(StoredArticleTest, ALongBodyIsStoredSmall) {
  v1::Article article = SampleArticle();
  for (int i = 0; i < 1000; ++i)
    *article.mutable_body() += " The ferry sails again and again.";
  EXPECT_LT(EncodeStoredArticle(article).size(), article.body().size() / 10);
}

TEST(StoredArticleTest, EveryFlippedBitIsFound) {
  std::string data = EncodeStoredArticle(SampleArticle());
  for (size_t at = 0; at < data.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = data;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      Code expected = at == 0 ? Code::kFailedPrecondition : Code::kDataLoss;
      EXPECT_EQ(DecodeCard(damaged).status().code(), expected) << at << " " << bit;
      EXPECT_EQ(DecodeFullArticle(damaged).status().code(), expected) << at << " " << bit;
      EXPECT_EQ(DecodeCardAndBody(damaged).status().code(), expected) << at << " " << bit;
    }
  }
}

TEST(StoredArticleTest, EveryCutIsFound) {
  std::string data = EncodeStoredArticle(SampleArticle());
  for (size_t size = 0; size < data.size(); ++size) {
    EXPECT_EQ(DecodeFullArticle(std::string_view(data).substr(0, size)).status().code(), Code::kDataLoss) << size;
  }
}

TEST(StoredArticleTest, AnUnknownVersionAsksForARebuild) {
  std::string data = EncodeStoredArticle(SampleArticle());
  data[0] = 2;
  absl::Status status = DecodeCard(data).status();
  EXPECT_EQ(ReasonOf(status), "STORED_ARTICLE_VERSION");
  EXPECT_NE(status.message().find("rebuild"), absl::string_view::npos);
}

}  // namespace
}  // namespace broadsheet
