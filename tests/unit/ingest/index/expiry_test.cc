#include "ingest/index/expiry.h"

#include <gtest/gtest.h>

#include "event_log.h"
#include "ingest/index/index_directory.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {
namespace {

constexpr char kLineage[] = "lineage-1";

// A hot shard of six articles, published within a day before the start.
class ExpiryTest : public testing::Test {
 protected:
  ExpiryTest() {
    const ShardEntry shard = NewShardEntry(1);
    writer_ = *ShardWriter::Create(directory_.path() / shard.uuid, shard, kLineage, 100);
    for (int i = 1; i <= 6; ++i)
      log_.Write(absl::StrCat("article-", i), "A title", absl::StrCat("What ", i, " says."));
    const auto events = log_.Reader()(0, {6, 100, 0});
    for (const IndexEvent& event : *events)
      EXPECT_TRUE(writer_->Apply(Prepare(event)).ok());
    EXPECT_TRUE(writer_->Commit(6).ok());
    clock_.Set(TestStart() + absl::Hours(48));
  }

  void TakeOutAll(Expiry& expiry) {
    while (expiry.pending())
      ASSERT_TRUE(expiry.TakeOut(*writer_).ok());
  }

  void Look(Expiry& expiry) { ASSERT_TRUE(expiry.Look(*writer_).ok()); }

  support::TempDirectory directory_;
  EventLog log_;
  SetClock clock_;
  std::unique_ptr<ShardWriter> writer_;
};

TEST_F(ExpiryTest, LooksAgainAtOnceWhenThereWasMoreThanItTakes) {
  Expiry expiry(absl::Hours(24), clock_, 4);
  Look(expiry);
  TakeOutAll(expiry);
  EXPECT_EQ(writer_->documents(), 2);
  ASSERT_TRUE(writer_->Commit(6).ok());
  Look(expiry);
  TakeOutAll(expiry);
  EXPECT_EQ(writer_->documents(), 0);
  EXPECT_EQ(expiry.taken_out(), 6);
}

TEST_F(ExpiryTest, LooksAnHourLaterWhenThereWasNotAndAtOnceWhenACommitIsLost) {
  Expiry expiry(absl::Hours(72), clock_);
  Look(expiry);
  EXPECT_FALSE(expiry.pending());
  clock_.Set(clock_.Now() + absl::Hours(48));
  Look(expiry);
  TakeOutAll(expiry);
  EXPECT_EQ(writer_->documents(), 0);
  ASSERT_TRUE(writer_->Reopen().ok());
  EXPECT_EQ(writer_->documents(), 6);
  Look(expiry);
  EXPECT_FALSE(expiry.pending()) << "it believes that they are gone";
  expiry.LookAgain();
  Look(expiry);
  EXPECT_TRUE(expiry.pending());
}

TEST_F(ExpiryTest, WhatWasWrittenAnewMeanwhileStays) {
  Expiry expiry(absl::Hours(24), clock_);
  Look(expiry);
  IndexEvent corrected = log_.Reader()(0, {1, 1, 0})->front();
  corrected.sequence = 7;
  corrected.article.set_sequence(7);
  corrected.article.mutable_published_time()->set_seconds(absl::ToUnixSeconds(clock_.Now()));
  ASSERT_TRUE(writer_->Apply(Prepare(corrected)).ok());
  TakeOutAll(expiry);
  EXPECT_EQ(writer_->documents(), 1);
  EXPECT_EQ(expiry.taken_out(), 5);
}

TEST_F(ExpiryTest, WithoutRetentionNothingIsTooOld) {
  Expiry expiry(absl::InfiniteDuration(), clock_);
  clock_.Set(TestStart() + absl::Hours(24 * 365 * 100));
  Look(expiry);
  EXPECT_FALSE(expiry.pending());
}

}  // namespace
}  // namespace broadsheet::ingest
