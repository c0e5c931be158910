#include "ingest/index/shard_writer.h"

#include <gtest/gtest.h>

#include "common/base/error.h"
#include "common/schema/field.h"
#include "common/schema/index_metadata.h"
#include "common/schema/term.h"
#include "event_log.h"
#include "ingest/index/index_directory.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {
namespace {

constexpr int kFlush = 50;

class ShardWriterTest : public testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<ShardWriter>> Create() {
    return ShardWriter::Create(Directory(), shard_, "lineage-1", kFlush);
  }
  absl::StatusOr<std::unique_ptr<ShardWriter>> Open(const std::string& lineage = "lineage-1") {
    return ShardWriter::Open(Directory(), shard_, lineage, kFlush);
  }
  std::filesystem::path Directory() const { return ShardDirectory(directory_.path(), shard_); }
  Xapian::Database Read() const { return Xapian::Database(Directory().string()); }

  PreparedEvent Written(const std::string& id, const std::string& body) {
    log_.Write(id, "A title", body);
    return Last();
  }
  PreparedEvent Deleted(const std::string& id, absl::Time when) {
    log_.Delete(id, when);
    return Last();
  }
  PreparedEvent Last() {
    const int64_t sequence = log_.last_sequence();
    return Prepare(log_.Reader()(sequence - 1, {sequence, 1, 0})->front());
  }

  support::TempDirectory directory_;
  ShardEntry shard_ = NewShardEntry(1);
  EventLog log_;
};

TEST_F(ShardWriterTest, ShowsReadersACommitAndNothingBefore) {
  auto writer = Create();
  ASSERT_TRUE(writer.ok()) << writer.status();
  ASSERT_TRUE((*writer)->Apply(Written("one", "the harbour")).ok());
  EXPECT_TRUE((*writer)->dirty());
  EXPECT_EQ(Read().get_doccount(), 0u);
  EXPECT_EQ(Read().get_metadata(kSequenceKey), "0");
  ASSERT_TRUE((*writer)->Commit(1).ok());
  EXPECT_FALSE((*writer)->dirty());
  EXPECT_EQ(Read().get_doccount(), 1u);
  EXPECT_EQ(Read().get_metadata(kSequenceKey), "1");
  EXPECT_EQ((*writer)->sequence(), 1);
}

TEST_F(ShardWriterTest, CommitsNothingByItselfHoweverMuchIsApplied) {
  auto writer = Create();
  ASSERT_TRUE(writer.ok());
  for (int i = 0; i < 3 * kFlush; ++i) {
    ASSERT_TRUE((*writer)->Apply(Written(absl::StrCat("id-", i), "text")).ok());
  }
  EXPECT_EQ(Read().get_doccount(), 0u);
}

TEST_F(ShardWriterTest, DropsWhatWasNotCommitted) {
  auto writer = Create();
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->Apply(Written("one", "kept")).ok());
  ASSERT_TRUE((*writer)->Commit(1).ok());
  ASSERT_TRUE((*writer)->Apply(Written("two", "dropped")).ok());
  writer->reset();
  EXPECT_EQ(Read().get_doccount(), 1u);

  auto again = Open();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ((*again)->sequence(), 1);
  ASSERT_TRUE((*again)->Apply(Written("three", "dropped by reopening")).ok());
  ASSERT_TRUE((*again)->Reopen().ok());
  EXPECT_FALSE((*again)->dirty());
  EXPECT_EQ((*again)->sequence(), 1);
  EXPECT_EQ(Read().get_doccount(), 1u);
}

TEST_F(ShardWriterTest, KeepsOneDocumentForEachArticle) {
  auto writer = Create();
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->Apply(Written("one", "first")).ok());
  ASSERT_TRUE((*writer)->Apply(Written("one", "second")).ok());
  ASSERT_TRUE((*writer)->Commit(2).ok());
  EXPECT_EQ(Read().get_doccount(), 1u);
  EXPECT_FALSE(Read().term_exists("first"));
  EXPECT_TRUE(Read().term_exists("second"));
  ASSERT_TRUE((*writer)->Apply(Deleted("one", TestStart())).ok());
  ASSERT_TRUE((*writer)->Commit(3).ok());
  EXPECT_EQ(Read().get_doccount(), 1u);
  EXPECT_FALSE(Read().term_exists("second"));
  EXPECT_EQ(Read().get_termfreq(std::string(kTombstoneTerm)), 1u);
}

TEST_F(ShardWriterTest, ForgetsDeletionsOfWholeDaysInTheSameCommit) {
  auto writer = Create();
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->Apply(Deleted("old", TestStart())).ok());
  ASSERT_TRUE((*writer)->Apply(Deleted("new", TestStart() + absl::Hours(24))).ok());
  ASSERT_TRUE((*writer)->Commit(2).ok());
  ASSERT_TRUE((*writer)->ForgetTombstones(TestStart() + absl::Hours(15)).ok());
  ASSERT_TRUE((*writer)->Commit(2).ok());
  EXPECT_EQ(Read().get_doccount(), 2u) << "the day of the deletion is not over";
  ASSERT_TRUE((*writer)->ForgetTombstones(TestStart() + absl::Hours(16)).ok());
  EXPECT_EQ(Read().get_doccount(), 2u);
  ASSERT_TRUE((*writer)->Commit(2).ok());
  EXPECT_FALSE(Read().term_exists(IdTerm("old")));
  EXPECT_TRUE(Read().term_exists(IdTerm("new")));
  EXPECT_EQ(Read().get_metadata(kTombstonesSinceKey), "1");
  EXPECT_EQ((*writer)->tombstones_since(), 1);
}

TEST_F(ShardWriterTest, RefusesASecondWriter) {
  auto writer = Create();
  ASSERT_TRUE(writer.ok());
  auto second = Open();
  EXPECT_TRUE(absl::IsFailedPrecondition(second.status())) << second.status();
  EXPECT_EQ(ReasonOf(second.status()), "INDEX_LOCKED");
}

TEST_F(ShardWriterTest, RefusesAnotherLineageOrShard) {
  ASSERT_TRUE(Create().ok());
  EXPECT_EQ(ReasonOf(Open("lineage-2").status()), "INDEX_LINEAGE");
  std::filesystem::path directory = Directory();
  ShardEntry other = NewShardEntry(1);
  EXPECT_EQ(ReasonOf(ShardWriter::Open(directory, other, "lineage-1", kFlush).status()), "INDEX_LINEAGE");
}

TEST_F(ShardWriterTest, AfterAnErrorNothingGoesOnWithoutReopening) {
  auto writer = Create();
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->Apply(Written("one", "half a batch")).ok());
  PreparedEvent impossible = Written("two", "text");
  impossible.document.add_boolean_term(std::string(300, 'x'));
  EXPECT_FALSE((*writer)->Apply(impossible).ok());
  EXPECT_FALSE((*writer)->Apply(Written("three", "text")).ok());
  EXPECT_FALSE((*writer)->Commit(3).ok());
  EXPECT_EQ(Read().get_doccount(), 0u);
  ASSERT_TRUE((*writer)->Reopen().ok());
  ASSERT_TRUE((*writer)->Apply(Written("one", "whole")).ok());
  ASSERT_TRUE((*writer)->Commit(1).ok());
  EXPECT_EQ(Read().get_doccount(), 1u);
}

TEST_F(ShardWriterTest, ACommitThatCannotBeSyncedIsFatal) {
  auto writer = Create();
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->Apply(Written("one", "text")).ok());
  ASSERT_TRUE((*writer)->Commit(1).ok());
  ASSERT_TRUE((*writer)->Apply(Written("two", "text")).ok());
  std::filesystem::rename(Directory(), directory_.path() / "moved");
  absl::Status status = (*writer)->Commit(2);
  EXPECT_TRUE(absl::IsDataLoss(status)) << status;
  EXPECT_EQ(ReasonOf(status), "SYNC_FAILED");
}

}  // namespace
}  // namespace broadsheet::ingest
