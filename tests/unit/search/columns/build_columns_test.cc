#include "search/columns/build_columns.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>

#include "common/base/hash.h"
#include "common/index/xapian_status.h"
#include "common/schema/term.h"
#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

std::vector<std::string> ValuesOf(const TermsColumn& column, Xapian::docid docid) {
  std::vector<std::string> values;
  for (uint32_t ordinal : column.Of(docid))
    values.emplace_back((*column.dictionary)[ordinal]);
  return values;
}

std::vector<std::string> Distinct(const google::protobuf::RepeatedPtrField<std::string>& values) {
  std::vector<std::string> distinct;
  for (const auto& value : values) {
    if (std::find(distinct.begin(), distinct.end(), value) == distinct.end()) distinct.push_back(value);
  }
  return distinct;
}

std::vector<std::string> Present(const std::string& value) {
  return value.empty() ? std::vector<std::string>{} : std::vector<std::string>{value};
}

class BuildColumnsTest : public ::testing::Test {
 protected:
  ShardColumns Build(const ShardColumns* base) {
    auto reader = corpus_.readers().Acquire();
    EXPECT_TRUE(reader->Refresh().ok());
    const OpenShard& shard = reader->shards().front();
    return BuildColumns(shard.database, shard.revision, base, {});
  }

  // Every article has its values in the row of its document, and no other row has any.
  void ExpectAsArticles(const ShardColumns& columns) {
    auto reader = corpus_.readers().Acquire();
    ASSERT_TRUE(reader->Refresh().ok());
    const Xapian::Database& database = reader->shards().front().database;
    ASSERT_EQ(columns.size(), database.get_lastdocid() + 1);
    std::set<Xapian::docid> rows;
    for (const auto& article : corpus_.articles()) {
      const Xapian::docid row = *database.postlist_begin(IdTerm(article.id()));
      rows.insert(row);
      auto number = [&](FieldId id) { return columns.Numbers(id)[row]; };
      auto values = [&](FieldId id) { return ValuesOf(columns.Terms(id), row); };
      const int64_t published =
          article.has_published_time() ? article.published_time().seconds() * 1'000'000 : kNoNumber;
      EXPECT_EQ(number(FieldId::kPublishedTime), published);
      EXPECT_EQ(number(FieldId::kWordCount), article.word_count());
      EXPECT_EQ(number(FieldId::kRevision), article.revision());
      EXPECT_EQ(number(FieldId::kSequence), article.sequence());
      EXPECT_THAT(values(FieldId::kSource), ElementsAreArray(Present(article.source())));
      EXPECT_THAT(values(FieldId::kSection), ElementsAreArray(Present(article.section())));
      EXPECT_THAT(values(FieldId::kAuthors), ElementsAreArray(Distinct(article.authors())));
      EXPECT_THAT(values(FieldId::kTags), ElementsAreArray(Distinct(article.tags())));
      EXPECT_EQ(columns.originals[row], Hash64(article.copy_of().empty() ? article.id() : article.copy_of()));
      EXPECT_EQ(columns.lengths[row], database.get_doclength(row));
    }
    for (Xapian::docid row = 0; row < columns.size(); ++row) {
      if (rows.contains(row)) continue;
      EXPECT_EQ(columns.Numbers(FieldId::kWordCount)[row], kNoNumber);
      EXPECT_THAT(ValuesOf(columns.Terms(FieldId::kSource), row), IsEmpty());
      EXPECT_THAT(ValuesOf(columns.Terms(FieldId::kTags), row), IsEmpty());
      EXPECT_EQ(columns.originals[row], 0u);
    }
  }

  // Some articles are changed, some deleted, some new.
  void Write(int changes) {
    for (int i = 0; i < changes; ++i) {
      const std::string some = corpus_.articles()[static_cast<size_t>(corpus_.Roll(100))].id();
      if (corpus_.Roll(4) == 0) {
        corpus_.Delete(some);
      } else if (corpus_.Roll(2) == 0) {
        v1::Article article = corpus_.Invent(some);
        if (corpus_.Roll(2) == 0) article.set_copy_of("article-7");
        corpus_.Add(article);
      } else {
        corpus_.Add(corpus_.Invent("new-" + std::to_string(corpus_.index().sequence())));
      }
    }
    corpus_.Commit();
  }

  Corpus corpus_{300};
};

TEST_F(BuildColumnsTest, FromNothingTheyHoldWhatTheArticlesSay) {
  ExpectAsArticles(Build(nullptr));
}

TEST_F(BuildColumnsTest, FromABaseTheyHoldTheSameWhateverWasWritten) {
  ShardColumns columns = Build(nullptr);
  size_t rebuilt = 0;
  for (int round = 0; round < 30; ++round) {
    Write(1 + corpus_.Roll(25));
    ShardColumns next = Build(&columns);
    ExpectAsArticles(next);
    rebuilt += next.replaced == 0;
    columns = std::move(next);
  }
  EXPECT_GT(rebuilt, 0u) << "what is no longer used goes now and then";
  EXPECT_LT(rebuilt, 10u);
}

TEST_F(BuildColumnsTest, ABaseMayBeOfALaterRevisionToo) {
  auto reader = corpus_.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  const OpenShard& before = reader->shards().front();
  const ShardColumns expected = BuildColumns(before.database, before.revision, nullptr, {});
  corpus_.Add(corpus_.Invent("article-5"));
  corpus_.Add(corpus_.Invent("later"));
  corpus_.Commit();
  const ShardColumns later = Build(nullptr);
  const ShardColumns back = BuildColumns(before.database, before.revision, &later, {});
  ASSERT_EQ(back.size(), expected.size());
  for (Xapian::docid row = 1; row < back.size(); ++row) {
    EXPECT_EQ(back.Numbers(FieldId::kSequence)[row], expected.Numbers(FieldId::kSequence)[row]);
    EXPECT_EQ(ValuesOf(back.Terms(FieldId::kTags), row), ValuesOf(expected.Terms(FieldId::kTags), row));
  }
}

TEST_F(BuildColumnsTest, TheyKeepWithinTheStatedMemory) {
  ShardColumns columns = Build(nullptr);
  for (int round = 0; round < 3; ++round) {
    size_t stated = columns.size() * kBytesPerArticle;
    for (const TermsColumn& column : columns.terms) {
      if (column.dictionary == nullptr) continue;
      for (Xapian::docid row = 0; row < columns.size(); ++row)
        stated += 4 * column.Of(row).size();
      for (uint32_t ordinal = 1; ordinal < column.dictionary->size(); ++ordinal)
        stated += (*column.dictionary)[ordinal].size() + 32;
    }
    EXPECT_LE(columns.bytes(), stated + 4'096);
    Write(10);
    columns = Build(&columns);
  }
}

TEST_F(BuildColumnsTest, BuiltWholeTheyArePacked) {
  const ShardColumns columns = Build(nullptr);
  EXPECT_LE(columns.Numbers(FieldId::kRevision).bytes(), columns.size() + 8);
  EXPECT_LE(columns.Numbers(FieldId::kWordCount).bytes(), 2 * columns.size() + 8);
  EXPECT_LE(columns.Numbers(FieldId::kSequence).bytes(), 2 * columns.size() + 8);
  EXPECT_LE(columns.Terms(FieldId::kSource).places.bytes(), columns.size() + 8);
}

TEST_F(BuildColumnsTest, TheyAreNotBuiltForACallerWhoGaveUp) {
  Corpus large(1'500);
  auto reader = large.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  const OpenShard& shard = reader->shards().front();
  auto built = CatchXapian([&] {
    return BuildColumns(shard.database, shard.revision, nullptr, CallContext(absl::Now() - absl::Seconds(1))).size();
  });
  EXPECT_EQ(built.status().code(), absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace broadsheet::search
