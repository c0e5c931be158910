#include "common/schema/term.h"

#include <gtest/gtest.h>
#include <xapian.h>

#include <string>

#include "support/temp_directory.h"

namespace broadsheet {
namespace {

TEST(TermTest, TermsAreAsTheTableSays) {
  EXPECT_EQ(IdTerm("a-7"), "Qa-7");
  EXPECT_EQ(KeywordTerm(GetField(FieldId::kSource), "The Daily"), "XO:The Daily");
  EXPECT_EQ(AttributeTerm("desk", "politics"), "XT:desk=politics");
  EXPECT_EQ(PresenceTerm("attributes.desk"), "XE:attributes.desk");
  EXPECT_EQ(DeletionDayTerm(absl::FromCivil(absl::CivilSecond(2025, 6, 21, 23, 59, 59), absl::UTCTimeZone())),
            "XDD:20250621");
}

TEST(TermTest, AttributesWithTheSameLettersElsewhereDiffer) {
  EXPECT_NE(AttributeTerm("a", "bc"), AttributeTerm("ab", "c"));
  EXPECT_NE(PresenceTerm("source"), KeywordTerm(GetField(FieldId::kSource), ""));
}

TEST(TermTest, LongValuesKeepTheirBeginningAndStayApart) {
  const Field& source = GetField(FieldId::kSource);
  std::string shared(5000, 's');
  std::string one = KeywordTerm(source, shared + "1");
  std::string two = KeywordTerm(source, shared + "2");
  EXPECT_EQ(one.size(), kMaxTermBytes);
  EXPECT_NE(one, two);
  EXPECT_EQ(one, KeywordTerm(source, shared + "1"));
  EXPECT_TRUE(one.starts_with("XO:sss"));
}

TEST(TermTest, OnlyTermsAboveTheLimitAreHashed) {
  const Field& source = GetField(FieldId::kSource);
  std::string fits(kMaxTermBytes - 3, 's');
  EXPECT_EQ(KeywordTerm(source, fits), "XO:" + fits);
  EXPECT_EQ(KeywordTerm(source, fits + "s").size(), kMaxTermBytes);
  EXPECT_NE(KeywordTerm(source, fits + "s"), "XO:" + fits + "s");
}

TEST(TermTest, BlocksOfSequencesAreInTheirOrder) {
  EXPECT_EQ(BlockTerm(0), "XS:0000000000000000");
  EXPECT_EQ(BlockTerm(kBlockSequences - 1), BlockTerm(0));
  EXPECT_EQ(BlockTerm(17 * kBlockSequences), "XS:0000000000000011");
  EXPECT_LT(BlockTerm(15 * kBlockSequences), BlockTerm(16 * kBlockSequences));
  for (int64_t sequence : {int64_t{0}, int64_t{255}, int64_t{256}, int64_t{4'711}, int64_t{1} << 60}) {
    const int64_t last = LastOfBlock(BlockTerm(sequence));
    EXPECT_GE(last, sequence);
    EXPECT_LT(last - sequence, kBlockSequences);
    EXPECT_NE(BlockTerm(last + 1), BlockTerm(sequence));
  }
}

TEST(TermTest, TheEngineTakesEveryTerm) {
  support::TempDirectory directory;
  Xapian::WritableDatabase database((directory.path() / "index").string(), Xapian::DB_CREATE);
  for (size_t size : {1u, 100u, 196u, 197u, 198u, 244u, 10'000u}) {
    for (char c : {'x', '\0', '\xff'}) {
      Xapian::Document document;
      std::string term = KeywordTerm(GetField(FieldId::kSource), std::string(size, c));
      document.add_boolean_term(term);
      EXPECT_NO_THROW(database.add_document(document)) << size;
      EXPECT_NO_THROW(database.commit()) << size;
      EXPECT_EQ(database.get_termfreq(term), 1u) << size;
    }
  }
}

}  // namespace
}  // namespace broadsheet
