#include "ingest/index/indexer.h"

#include <gtest/gtest.h>
#include <xapian.h>

#include <future>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/index/manifest.h"
#include "common/schema/field.h"
#include "common/schema/index_metadata.h"
#include "common/schema/term.h"
#include "event_log.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/rebuild.h"
#include "ingest/index/shard_writer.h"
#include "support/index_audit.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

class IndexerTest : public testing::Test {
 protected:
  IndexerOptions Options() const {
    IndexerOptions options;
    options.directory = directory_.path() / "index";
    options.lineage = "lineage-1";
    options.archive_sequence = log_.last_sequence();
    options.min_commit_interval = absl::ZeroDuration();
    return options;
  }

  absl::StatusOr<std::unique_ptr<Indexer>> Start(const IndexerOptions& options) {
    return Start(options, log_.Reader());
  }
  absl::StatusOr<std::unique_ptr<Indexer>> Start(const IndexerOptions& options, EventReader read) {
    return Indexer::Start(options, std::move(read), clock_,
                          [this](const absl::Status& status) { fatal_.set_value(status); });
  }

  static bool WaitFor(Indexer& indexer, int64_t sequence) {
    std::promise<bool> answer;
    indexer.CallWhenVisible(sequence, absl::InfiniteFuture(), [&](bool visible) { answer.set_value(visible); });
    return answer.get_future().get();
  }

  Xapian::Database Read() const {
    auto shard = HotShard(*ReadManifest(Options().directory));
    return Xapian::Database(ShardDirectory(Options().directory, *shard).string());
  }

  support::TempDirectory directory_;
  EventLog log_;
  SetClock clock_;
  std::promise<absl::Status> fatal_;
};

TEST_F(IndexerTest, CreatesAnIndexAndTakesWhatTheArchiveHas) {
  log_.Write("one", "A title", "the harbour");
  log_.Write("two", "A title", "the council");
  auto indexer = Start(Options());
  ASSERT_TRUE(indexer.ok()) << indexer.status();
  EXPECT_TRUE(WaitFor(**indexer, 2));
  EXPECT_EQ((*indexer)->visible_sequence(), 2);
  EXPECT_EQ(Read().get_doccount(), 2u);
  EXPECT_TRUE(Read().term_exists("council"));
}

TEST_F(IndexerTest, MakesOneArticleVisibleAtOnceWhenIdle) {
  IndexerOptions options = Options();
  options.max_commit_interval = absl::Hours(1);  // so that only idleness can commit
  auto indexer = Start(options);
  ASSERT_TRUE(indexer.ok());
  (*indexer)->Notify(log_.Write("one", "A title", "text"));
  EXPECT_TRUE(WaitFor(**indexer, 1));
  EXPECT_EQ(Read().get_metadata(kSequenceKey), "1");
  IndexerStatus status = (*indexer)->status();
  EXPECT_EQ(status.commits, 1);
  EXPECT_EQ(status.last_commit_time, TestStart());
  EXPECT_GT(status.last_commit_duration, absl::ZeroDuration());
  EXPECT_EQ(status.durable_sequence, 1);
  EXPECT_EQ(status.visible_sequence, 1);
}

TEST_F(IndexerTest, FreezesAndSealsShardsWhileItWritesAndWhenItIsIdle) {
  IndexerOptions options = Options();
  options.hot_documents = 10;
  auto indexer = Start(options);
  ASSERT_TRUE(indexer.ok()) << indexer.status();
  log_.WriteRandomly(300, 9);
  for (int64_t sequence = 20; sequence <= 300; sequence += 20) {
    (*indexer)->Notify(sequence);
    ASSERT_TRUE(WaitFor(**indexer, sequence));
  }
  const absl::Time end = absl::Now() + absl::Seconds(60);
  while (((*indexer)->status().shards.frozen > 0 || (*indexer)->status().shards.sealing) && absl::Now() < end)
    absl::SleepFor(absl::Milliseconds(10));
  const ShardSetStatus shards = (*indexer)->status().shards;
  EXPECT_EQ(shards.frozen, 0);
  EXPECT_GE(shards.sealed, 1);
  EXPECT_LE(shards.sealed, 8);
  EXPECT_LT(shards.hot_documents, 10 + 20);
  EXPECT_TRUE((*indexer)->Stop().ok());

  RebuildOptions rebuild;
  rebuild.directory = directory_.path() / "fresh";
  rebuild.lineage = options.lineage;
  rebuild.archive_sequence = 300;
  rebuild.hot_documents = 10;  // so that it is frozen at once
  ASSERT_TRUE(Rebuild(rebuild, log_.Reader(), clock_, [](int64_t) {}).ok());
  auto same = support::CompareIndexes(options.directory, rebuild.directory);
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_EQ(same->differences, std::vector<std::string>());
  ASSERT_EQ(ReadManifest(rebuild.directory)->shards.size(), 2u);
  EXPECT_EQ(ReadManifest(rebuild.directory)->shards[0].state, ShardState::kFrozen);
  EXPECT_EQ(ReadManifest(rebuild.directory)->generation, 1);
}

TEST_F(IndexerTest, ReadsNothingThatIsNotDurable) {
  auto indexer = Start(Options());
  ASSERT_TRUE(indexer.ok());
  log_.Write("one", "A title", "text");
  log_.Write("two", "A title", "not durable yet");
  (*indexer)->Notify(1);
  EXPECT_TRUE(WaitFor(**indexer, 1));
  EXPECT_TRUE((*indexer)->Stop().ok());
  EXPECT_EQ(Read().get_metadata(kSequenceKey), "1");
  EXPECT_FALSE(Read().term_exists(IdTerm("two")));
}

TEST_F(IndexerTest, GathersTheEventsThatWaitIntoOneCommit) {
  IndexerOptions options = Options();
  options.max_commit_interval = absl::Hours(1);
  auto indexer = Start(options);
  ASSERT_TRUE(indexer.ok());
  constexpr int64_t kEvents = 50;
  for (int64_t i = 0; i < kEvents; ++i)
    log_.Write(absl::StrCat("article ", i), "A title", "text");
  (*indexer)->Notify(kEvents);
  EXPECT_TRUE(WaitFor(**indexer, kEvents));
  EXPECT_EQ((*indexer)->status().commits, 1);
  EXPECT_EQ((*indexer)->status().visible_sequence, kEvents);
}

TEST_F(IndexerTest, CommitsAtTheEndAndGoesOnFromThereLater) {
  IndexerOptions options = Options();
  options.min_commit_interval = absl::Hours(1);
  {
    auto indexer = Start(options);
    ASSERT_TRUE(indexer.ok());
    (*indexer)->Notify(log_.Write("one", "A title", "text"));
    EXPECT_TRUE(WaitFor(**indexer, 1));
    EXPECT_TRUE((*indexer)->Stop().ok());
  }
  log_.Write("two", "A title", "text");
  int64_t asked_after = -1;
  options.archive_sequence = 2;
  auto indexer = Start(options, [&](int64_t after, const EventLimits& limits) {
    if (asked_after < 0) asked_after = after;
    return log_.Reader()(after, limits);
  });
  ASSERT_TRUE(indexer.ok());
  EXPECT_TRUE(WaitFor(**indexer, 2));
  EXPECT_EQ(asked_after, 1);
}

TEST_F(IndexerTest, ForgetsDeletionsAfterTheHorizon) {
  auto indexer = Start(Options());
  ASSERT_TRUE(indexer.ok());
  (*indexer)->Notify(log_.Delete("gone", TestStart()));
  EXPECT_TRUE(WaitFor(**indexer, 1));
  clock_.Set(TestStart() + absl::Hours(7 * 24));
  (*indexer)->Notify(log_.Write("one", "A title", "text"));
  EXPECT_TRUE(WaitFor(**indexer, 2));
  EXPECT_TRUE(Read().term_exists(IdTerm("gone")));
  clock_.Set(TestStart() + absl::Hours(8 * 24));
  (*indexer)->Notify(log_.Write("two", "A title", "text"));
  EXPECT_TRUE(WaitFor(**indexer, 3));
  EXPECT_FALSE(Read().term_exists(IdTerm("gone")));
  EXPECT_EQ(Read().get_metadata(kTombstonesSinceKey), "1");
}

TEST_F(IndexerTest, RefusesAnIndexOfAnotherArchive) {
  ASSERT_TRUE(Start(Options()).ok());
  IndexerOptions options = Options();
  options.lineage = "lineage-2";
  auto indexer = Start(options);
  EXPECT_TRUE(absl::IsFailedPrecondition(indexer.status()));
  EXPECT_EQ(ReasonOf(indexer.status()), "INDEX_LINEAGE");
  EXPECT_TRUE(absl::StrContains(indexer.status().message(), "ingest-service rebuild"));
}

TEST_F(IndexerTest, RefusesAnIndexAheadOfTheArchive) {
  log_.WriteRandomly(5, 1);
  IndexerOptions options = Options();
  {
    auto indexer = Start(options);
    ASSERT_TRUE(indexer.ok());
    EXPECT_TRUE(WaitFor(**indexer, 5));
  }
  options.archive_sequence = 4;
  auto indexer = Start(options);
  EXPECT_TRUE(absl::IsFailedPrecondition(indexer.status()));
  EXPECT_EQ(ReasonOf(indexer.status()), "INDEX_AHEAD");
  EXPECT_TRUE(absl::StrContains(indexer.status().message(), "ingest-service rebuild"));
}

TEST_F(IndexerTest, RefusesAnotherSchemaOrAnalyzer) {
  ASSERT_TRUE(Start(Options()).ok());
  auto manifest = ReadManifest(Options().directory);
  ASSERT_TRUE(manifest.ok());
  manifest->shards[0].schema_version += 1;
  ASSERT_TRUE(WriteManifest(Options().directory, *manifest).ok());
  auto indexer = Start(Options());
  EXPECT_TRUE(absl::IsFailedPrecondition(indexer.status()));
  EXPECT_TRUE(absl::StrContains(indexer.status().message(), "rebuild"));
  manifest->shards[0].schema_version -= 1;
  manifest->shards[0].analyzer_version += 1;
  ASSERT_TRUE(WriteManifest(Options().directory, *manifest).ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(Start(Options()).status()));
}

TEST_F(IndexerTest, RefusesASecondIndexer) {
  auto first = Start(Options());
  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(Start(Options()).status()));
}

TEST_F(IndexerTest, RemovesShardsThatTheManifestDoesNotName) {
  ASSERT_TRUE(Start(Options()).ok());
  const fs::path garbage = Options().directory / NewShardEntry(1).uuid;
  fs::create_directories(garbage / "inner");
  auto indexer = Start(Options());
  ASSERT_TRUE(indexer.ok());
  EXPECT_FALSE(fs::exists(garbage));
  EXPECT_EQ(Read().get_metadata(kSequenceKey), "0");
}

TEST_F(IndexerTest, GoesOnFromTheLastCommitAfterAFailure) {
  log_.Write("one", "A title", "text");
  log_.Write("two", "A title", "text");
  IndexerOptions options = Options();
  options.max_commit_interval = absl::Hours(1);
  std::vector<int64_t> asked_after;
  auto indexer = Start(options, [&](int64_t after, EventLimits limits) {
    asked_after.push_back(after);
    if (asked_after.size() == 2) return absl::StatusOr<std::vector<IndexEvent>>(absl::InternalError("once"));
    limits.events = 1;
    return log_.Reader()(after, limits);
  });
  ASSERT_TRUE(indexer.ok());
  EXPECT_TRUE(WaitFor(**indexer, 2));
  EXPECT_TRUE((*indexer)->Stop().ok());
  EXPECT_EQ(asked_after, (std::vector<int64_t>{0, 1, 0, 1}));
  EXPECT_EQ(Read().get_doccount(), 2u);
}

TEST_F(IndexerTest, StopsForGoodWhenTheArchiveCannotBeRead) {
  log_.Write("one", "A title", "text");
  auto indexer = Start(Options(), [](int64_t, const EventLimits&) {
    return absl::StatusOr<std::vector<IndexEvent>>(absl::DataLossError("row 1 is damaged"));
  });
  ASSERT_TRUE(indexer.ok());
  EXPECT_TRUE(absl::IsDataLoss(fatal_.get_future().get()));
  EXPECT_FALSE(WaitFor(**indexer, 1));
  EXPECT_TRUE(absl::IsDataLoss((*indexer)->Stop()));
  EXPECT_TRUE(absl::IsDataLoss((*indexer)->status().health));
}

TEST_F(IndexerTest, StopsForGoodWhenACommitCannotBeSynced) {
  auto indexer = Start(Options());
  ASSERT_TRUE(indexer.ok());
  (*indexer)->Notify(log_.Write("one", "A title", "text"));
  EXPECT_TRUE(WaitFor(**indexer, 1));
  auto shard = HotShard(*ReadManifest(Options().directory));
  fs::rename(ShardDirectory(Options().directory, *shard), directory_.path() / "moved");
  (*indexer)->Notify(log_.Write("two", "A title", "text"));
  EXPECT_EQ(ReasonOf(fatal_.get_future().get()), "SYNC_FAILED");
  EXPECT_FALSE(WaitFor(**indexer, 2));
  EXPECT_EQ((*indexer)->visible_sequence(), 1);
}

TEST_F(IndexerTest, StopsForGoodWhenItFailsAgainAndAgain) {
  log_.Write("one", "A title", "text");
  std::atomic<int> asked = 0;
  auto indexer = Start(Options(), [&](int64_t, const EventLimits&) {
    ++asked;
    return absl::StatusOr<std::vector<IndexEvent>>(absl::InternalError("always"));
  });
  ASSERT_TRUE(indexer.ok());
  EXPECT_TRUE(absl::IsInternal(fatal_.get_future().get()));
  EXPECT_TRUE(absl::IsInternal((*indexer)->Stop()));
  EXPECT_EQ(asked, 3);
}

}  // namespace
}  // namespace broadsheet::ingest
