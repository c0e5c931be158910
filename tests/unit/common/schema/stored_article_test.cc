#include "common/schema/stored_article.h"

#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
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

// Of articles like SampleArticle().
std::string SampleDictionary() {
  std::vector<std::string> samples;
  for (int i = 0; i < 500; ++i) {
    v1::Article article = SampleArticle();
    article.set_id(absl::StrCat("a-", i));
    absl::StrAppend(article.mutable_body(), " ", i, " were for it.");
    samples.push_back(article.SerializeAsString());
  }
  return TrainDictionary(samples);
}

// As a sealed shard has it.
std::string Sealed(const v1::Article& article, std::string_view dictionary) {
  const ArticlePacker packer(dictionary, 9);
  return StoreParts(ReadParts(EncodeStoredArticle(article), nullptr).value(), packer);
}

void ExpectEveryFlippedBitIsFound(const std::string& data, const ArticleDictionary* dictionary) {
  for (size_t at = 0; at < data.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = data;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      Code expected = at == 0 ? Code::kFailedPrecondition : Code::kDataLoss;
      EXPECT_EQ(DecodeCard(damaged, dictionary).status().code(), expected) << at << " " << bit;
      EXPECT_EQ(DecodeFullArticle(damaged, dictionary).status().code(), expected) << at << " " << bit;
      EXPECT_EQ(DecodeCardAndBody(damaged, dictionary).status().code(), expected) << at << " " << bit;
    }
  }
}

TEST(StoredArticleTest, TheWholeArticleComesBack) {
  for (const v1::Article& article : {SampleArticle(), v1::Article()}) {
    auto decoded = DecodeFullArticle(EncodeStoredArticle(article), nullptr);
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_TRUE(MessageDifferencer::Equals(*decoded, article)) << decoded->DebugString();
  }
}

TEST(StoredArticleTest, TheCardIsEverythingButBodyAttributesAndOrigins) {
  v1::Article expected = SampleArticle();
  expected.clear_body();
  expected.clear_attributes();
  expected.clear_origins();
  auto card = DecodeCard(EncodeStoredArticle(SampleArticle()), nullptr);
  ASSERT_TRUE(card.ok()) << card.status();
  EXPECT_TRUE(MessageDifferencer::Equals(*card, expected)) << card->DebugString();
}

TEST(StoredArticleTest, CardAndBodyAreWithoutTheRest) {
  for (v1::Article expected : {SampleArticle(), v1::Article()}) {
    const std::string stored = EncodeStoredArticle(expected);
    expected.clear_attributes();
    expected.clear_origins();
    auto decoded = DecodeCardAndBody(stored, nullptr);
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

TEST(StoredArticleTest, WithADictionaryItIsTheSameArticle) {
  const std::string bytes = SampleDictionary();
  ASSERT_FALSE(bytes.empty());
  const ArticleDictionary dictionary(bytes);
  for (const v1::Article& article : {SampleArticle(), v1::Article()}) {
    const std::string alone = EncodeStoredArticle(article), sealed = Sealed(article, bytes);
    EXPECT_EQ(sealed.size() < alone.size() / 2, article.has_published_time());
    EXPECT_TRUE(MessageDifferencer::Equals(DecodeFullArticle(sealed, &dictionary).value(), article));
    EXPECT_TRUE(
        MessageDifferencer::Equals(DecodeCard(sealed, &dictionary).value(), DecodeCard(alone, nullptr).value()));
    EXPECT_TRUE(MessageDifferencer::Equals(DecodeCardAndBody(sealed, &dictionary).value(),
                                           DecodeCardAndBody(alone, nullptr).value()));
    EXPECT_EQ(StoreParts(ReadParts(sealed, &dictionary).value()), alone);
    EXPECT_EQ(ReasonOf(DecodeCard(sealed, nullptr).status()), "STORED_ARTICLE_DAMAGED");
    EXPECT_EQ(ReasonOf(DecodeFullArticle(sealed, nullptr).status()), "STORED_ARTICLE_DAMAGED");
  }
}

TEST(StoredArticleTest, AnotherCardNeedsNoDictionaryAnyMore) {
  const std::string bytes = SampleDictionary();
  const ArticleDictionary dictionary(bytes);
  v1::Article article = SampleArticle();
  const std::string alone = EncodeStoredArticle(article), sealed = Sealed(article, bytes);
  article.set_copy_of("a-6");
  v1::Article card = DecodeCard(alone, nullptr).value();
  card.set_copy_of("a-6");
  EXPECT_EQ(ReplaceCard(alone, card, nullptr).value_or("?"), EncodeStoredArticle(article));
  EXPECT_EQ(ReplaceCard(sealed, card, &dictionary).value_or("?"), EncodeStoredArticle(article));
}

TEST(StoredArticleTest, EveryFlippedBitIsFound) {
  const std::string bytes = SampleDictionary();
  const ArticleDictionary dictionary(bytes);
  ExpectEveryFlippedBitIsFound(EncodeStoredArticle(SampleArticle()), nullptr);
  ExpectEveryFlippedBitIsFound(Sealed(SampleArticle(), bytes), &dictionary);
}

TEST(StoredArticleTest, EveryCutIsFound) {
  std::string data = EncodeStoredArticle(SampleArticle());
  for (size_t size = 0; size < data.size(); ++size) {
    EXPECT_EQ(DecodeFullArticle(std::string_view(data).substr(0, size), nullptr).status().code(), Code::kDataLoss)
        << size;
  }
}

TEST(StoredArticleTest, AnUnknownVersionAsksForARebuild) {
  std::string data = EncodeStoredArticle(SampleArticle());
  data[0] = 3;
  absl::Status status = DecodeCard(data, nullptr).status();
  EXPECT_EQ(ReasonOf(status), "STORED_ARTICLE_VERSION");
  EXPECT_NE(status.message().find("rebuild"), absl::string_view::npos);
}

}  // namespace
}  // namespace broadsheet
