#include "ingest/index/document_builder.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "common/schema/stored_article.h"

namespace broadsheet::ingest {
namespace {

// One line a term: the term, its frequency, its positions.
std::string Terms(const Xapian::Document& document) {
  std::string lines;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    absl::StrAppend(&lines, *term, " ", term.get_wdf());
    for (auto position = term.positionlist_begin(); position != term.positionlist_end(); ++position) {
      absl::StrAppend(&lines, " ", *position);
    }
    lines += '\n';
  }
  return lines;
}

v1::Article SmallArticle() {
  v1::Article article;
  article.set_id("a-1");
  article.set_title("Talks on 3% tariffs");
  article.set_body("Don't panic: 貿易 talks, talking.");
  article.set_url("https://example.org/a");
  article.set_source("Harbour Heralds");
  article.add_authors("Ann Lee");
  article.add_authors("Lee Katz");
  article.add_tags("Trade");
  article.set_language("en");
  article.mutable_published_time()->set_seconds(1772323200);
  article.mutable_updated_time()->set_seconds(1772323260);
  article.mutable_ingested_time()->set_seconds(1772323320);
  (*article.mutable_attributes())["desk"] = "night";
  article.set_sequence(42);
  article.set_revision(3);
  article.set_word_count(11);
  article.set_duplicate_of("a-0");
  return article;
}

TEST(DocumentBuilderTest, IndexesEachFigureOnceByItsKey) {
  v1::Article article = SmallArticle();
  for (const char* key : {"3 %", "2000000000 USD", "3 %"})
    article.add_figures()->set_key(key);
  const Xapian::Document document = BuildDocument(article);
  const std::string terms = Terms(document);
  EXPECT_NE(terms.find("XF:3 % 0\n"), std::string::npos);
  EXPECT_NE(terms.find("XF:2000000000 USD 0\n"), std::string::npos);
  EXPECT_NE(terms.find("XE:figures 0\n"), std::string::npos);
  EXPECT_EQ(document.get_value(GetField(FieldId::kFigures).slot), EncodeStrings({"3 %", "2000000000 USD"}));
}

TEST(DocumentBuilderTest, GivesTheTermsThatTheSchemaNames) {
  EXPECT_EQ(Terms(BuildDocument(SmallArticle())),
            "3 4 3\n"
            "3% 4 3\n"
            "Aann 1 1\n"
            "Akatz 1 104\n"
            "Alee 2 2 103\n"
            "Ktrade 1 1\n"
            "Len 1 1\n"
            "Oharbour 1 1\n"
            "Oheralds 1 2\n"
            "Qa-1 0\n"
            "S3 1 3\n"
            "S3% 1 3\n"
            "Son 1 2\n"
            "Stalks 1 1\n"
            "Stariffs 1 4\n"
            "U:https://example.org/a 0\n"
            "XA:Ann Lee 0\n"
            "XA:Lee Katz 0\n"
            "XD:a-0 0\n"
            "XE:attributes.desk 0\n"
            "XE:authors 0\n"
            "XE:duplicate_of 0\n"
            "XE:id 0\n"
            "XE:language 0\n"
            "XE:original 0\n"
            "XE:published_time 0\n"
            "XE:source 0\n"
            "XE:tags 0\n"
            "XE:url 0\n"
            "XG:a-1 0\n"
            "XK:Trade 0\n"
            "XL:en 0\n"
            "XM:article 0\n"
            "XO:Harbour Heralds 0\n"
            "XS:0000000000000000 0\n"
            "XT:desk=night 0\n"
            "Z3 4\n"
            "Z3% 4\n"
            "ZAann 1\n"
            "ZAkatz 1\n"
            "ZAlee 2\n"
            "ZKtrade 1\n"
            "ZLen 1\n"
            "ZOharbour 1\n"
            "ZOherald 1\n"
            "ZS3 1\n"
            "ZS3% 1\n"
            "ZSon 1\n"
            "ZStalk 1\n"
            "ZStariff 1\n"
            "Zdon't 1\n"
            "Zon 4\n"
            "Zpanic 1\n"
            "Ztalk 6\n"
            "Ztariff 4\n"
            "don't 1 10000\n"
            "on 4 2\n"
            "panic 1 10001\n"
            "talking 1 10005\n"
            "talks 5 1 10004\n"
            "tariffs 4 4\n"
            "易 1 10003\n"
            "貿 1 10002\n"
            "貿易 1 10002\n");
}

TEST(DocumentBuilderTest, FillsTheValueSlots) {
  Xapian::Document document = BuildDocument(SmallArticle());
  EXPECT_EQ(document.get_value(GetField(FieldId::kPublishedTime).slot),
            EncodeTimeSequence(absl::FromUnixSeconds(1772323200), 42));
  EXPECT_EQ(document.get_value(GetField(FieldId::kUpdatedTime).slot), EncodeTime(absl::FromUnixSeconds(1772323260)));
  EXPECT_EQ(document.get_value(GetField(FieldId::kIngestedTime).slot), EncodeTime(absl::FromUnixSeconds(1772323320)));
  EXPECT_EQ(document.get_value(GetField(FieldId::kSource).slot), "Harbour Heralds");
  EXPECT_EQ(document.get_value(GetField(FieldId::kAuthors).slot), EncodeStrings({"Ann Lee", "Lee Katz"}));
  EXPECT_EQ(document.get_value(GetField(FieldId::kSection).slot), "");
  EXPECT_EQ(document.get_value(GetField(FieldId::kTags).slot), EncodeStrings({"Trade"}));
  EXPECT_EQ(document.get_value(GetField(FieldId::kLanguage).slot), "en");
  EXPECT_EQ(document.get_value(GetField(FieldId::kWordCount).slot), EncodeNumber(11));
  EXPECT_EQ(document.get_value(GetField(FieldId::kSequence).slot), EncodeNumber(42));
  EXPECT_EQ(document.get_value(GetField(FieldId::kRevision).slot), EncodeNumber(3));
  EXPECT_EQ(document.get_value(GetField(FieldId::kOriginal).slot), "a-1");
  EXPECT_EQ(document.values_count(), 12u);
}

TEST(DocumentBuilderTest, ADayIsTheOneThatTheArticleBearsElseTheOneInUtc) {
  const auto day_of = [](const v1::Article& article) {
    return BuildDocument(article).get_value(GetField(FieldId::kPublishedDay).slot);
  };
  v1::Article article = SmallArticle();  // 2026-03-01T00:00Z
  EXPECT_EQ(day_of(article), EncodeTime(absl::FromUnixSeconds(1772323200)));
  article.set_published_day("2026-02-28");
  EXPECT_EQ(day_of(article), EncodeTime(absl::FromUnixSeconds(1772323200 - 86'400)));
  article.clear_published_day();
  article.clear_published_time();
  EXPECT_EQ(day_of(article), "");
}

TEST(DocumentBuilderTest, StoresTheWholeArticle) {
  auto stored = DecodeFullArticle(BuildDocument(SmallArticle()).get_data(), nullptr);
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored->SerializeAsString(), SmallArticle().SerializeAsString());
}

TEST(DocumentBuilderTest, LeavesTheSlotOfAnUndatedArticleEmpty) {
  v1::Article article = SmallArticle();
  article.clear_published_time();
  Xapian::Document document = BuildDocument(article);
  EXPECT_EQ(document.get_value(GetField(FieldId::kPublishedTime).slot), "");
  EXPECT_EQ(Terms(document).find("XE:published_time"), std::string::npos);
}

TEST(DocumentBuilderTest, KeepsWordsAsTheirOwnStemsWithoutAStemmer) {
  v1::Article article = SmallArticle();
  article.set_language("und");
  EXPECT_NE(Terms(BuildDocument(article)).find("\nZtariffs 4\n"), std::string::npos);
}

TEST(DocumentBuilderTest, GivesTheSameDocumentForTheSameArticle) {
  Xapian::Document one = BuildDocument(SmallArticle());
  Xapian::Document other = BuildDocument(SmallArticle());
  EXPECT_EQ(Terms(one), Terms(other));
  EXPECT_EQ(one.get_data(), other.get_data());
}

TEST(DocumentBuilderTest, ATombstoneHasOnlyWhatMakesItFound) {
  const absl::Time updated = absl::FromUnixSeconds(1772323260);
  Xapian::Document tombstone = BuildTombstone("a-1", 43, updated, absl::FromUnixSeconds(1772409599), "");
  EXPECT_EQ(Terms(tombstone), "Qa-1 0\nXDD:20260301 0\nXM:deleted 0\nXS:0000000000000000 0\n");
  EXPECT_EQ(tombstone.values_count(), 3u);
  EXPECT_EQ(tombstone.get_value(GetField(FieldId::kSequence).slot), EncodeNumber(43));
  EXPECT_EQ(tombstone.get_value(GetField(FieldId::kUpdatedTime).slot), EncodeTime(updated));
  EXPECT_EQ(tombstone.get_value(kTombstoneIdSlot), "a-1");
  EXPECT_EQ(tombstone.get_data(), "");
}

TEST(DocumentBuilderTest, ATombstoneTellsItsReason) {
  Xapian::Document tombstone = BuildTombstone("a-1", 43, absl::UnixEpoch(), absl::UnixEpoch(), "wrong figures");
  EXPECT_EQ(tombstone.get_value(kTombstoneReasonSlot), "wrong figures");
}

TEST(DocumentBuilderTest, EmbargoAndCorrectionCanBeFilteredBy) {
  v1::Article article = SmallArticle();
  article.mutable_embargo_time()->set_seconds(1'772'409'599);
  article.set_corrected(true);
  Xapian::Document document = BuildDocument(article);
  EXPECT_EQ(document.get_value(GetField(FieldId::kEmbargoTime).slot), EncodeTime(absl::FromUnixSeconds(1'772'409'599)));
  const std::string terms = Terms(document);
  EXPECT_NE(terms.find("\nXC:true 0\n"), std::string::npos);
  EXPECT_NE(terms.find("\nXE:corrected 0\n"), std::string::npos);
  EXPECT_NE(terms.find("\nXE:embargo_time 0\n"), std::string::npos);
}

}  // namespace
}  // namespace broadsheet::ingest
