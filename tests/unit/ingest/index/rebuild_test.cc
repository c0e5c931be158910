#include "ingest/index/rebuild.h"

#include <gtest/gtest.h>
#include <xapian.h>

#include <future>
#include <memory>

#include "common/base/durable_file.h"
#include "common/index/manifest.h"
#include "event_log.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/indexer.h"
#include "support/index_audit.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

class RebuildTest : public testing::Test {
 protected:
  RebuildOptions Options(const std::string& name) const {
    RebuildOptions options;
    options.directory = directory_.path() / name;
    options.lineage = "lineage-1";
    options.archive_sequence = log_.last_sequence();
    return options;
  }

  absl::StatusOr<RebuiltIndex> RebuildInto(const std::string& name) {
    return Rebuild(Options(name), log_.StandingReader(), clock_, [](int64_t) {});
  }

  // Indexes the log in several goes, as a service that is restarted would.
  void IndexLive(const std::string& name, int events) {
    IndexerOptions options;
    options.directory = directory_.path() / name;
    options.lineage = "lineage-1";
    options.min_commit_interval = absl::ZeroDuration();
    options.max_commit_interval = absl::ZeroDuration();
    options.archive_sequence = log_.last_sequence();
    for (int done = 0; done < events; done += events / 4) {
      log_.WriteRandomly(events / 4, done);
      auto indexer = Indexer::Start(options, log_.Reader(), clock_, [](const absl::Status&) {});
      ASSERT_TRUE(indexer.ok()) << indexer.status();
      options.archive_sequence = log_.last_sequence();
      (*indexer)->Notify(log_.last_sequence());
      std::promise<bool> visible;
      (*indexer)->CallWhenVisible(log_.last_sequence(), absl::InfiniteFuture(),
                                  [&](bool reached) { visible.set_value(reached); });
      EXPECT_TRUE(visible.get_future().get());
    }
  }

  support::TempDirectory directory_;
  EventLog log_;
  SetClock clock_;
};

TEST_F(RebuildTest, GivesTheIndexThatWasBuiltLive) {
  IndexLive("live", 240);
  auto rebuilt = RebuildInto("fresh");
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.status();
  EXPECT_EQ(rebuilt->sequence, 240);
  EXPECT_GT(rebuilt->tombstones, 0);
  auto same = support::CompareIndexes(directory_.path() / "live", directory_.path() / "fresh");
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_EQ(same->differences, std::vector<std::string>());
  EXPECT_EQ(same->documents, rebuilt->articles + rebuilt->tombstones);
  EXPECT_EQ(same->sequence, 240);
}

TEST_F(RebuildTest, ForgetsOldDeletionsAsTheLiveIndexDoes) {
  IndexLive("live", 100);
  clock_.Set(TestStart() + absl::Hours(30 * 24));
  IndexLive("live", 4);
  auto rebuilt = RebuildInto("fresh");
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.status();
  EXPECT_EQ(rebuilt->tombstones, 0);
  auto same = support::CompareIndexes(directory_.path() / "live", directory_.path() / "fresh");
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_EQ(same->differences, std::vector<std::string>());
}

TEST_F(RebuildTest, TheComparisonSeesADifference) {
  log_.Write("one", "A title", "text");
  log_.Write("two", "A title", "text");
  ASSERT_TRUE(RebuildInto("first").ok());
  log_.Write("two", "A title", "text text");
  ASSERT_TRUE(RebuildInto("second").ok());
  auto compared = support::CompareIndexes(directory_.path() / "first", directory_.path() / "second");
  ASSERT_TRUE(compared.ok());
  EXPECT_EQ(compared->differences.size(), 2u) << "the sequence and article two";
}

TEST_F(RebuildTest, SwitchesToTheNewIndexAndRemovesTheOld) {
  log_.Write("one", "A title", "text");
  ASSERT_TRUE(RebuildInto("index").ok());
  const Manifest before = *ReadManifest(Options("index").directory);
  Xapian::Database reader(ShardDirectory(Options("index").directory, before.shards[0]).string());
  log_.Write("two", "A title", "text");
  ASSERT_TRUE(RebuildInto("index").ok());
  const Manifest after = *ReadManifest(Options("index").directory);
  EXPECT_EQ(after.generation, before.generation + 1);
  EXPECT_NE(after.shards[0].uuid, before.shards[0].uuid);
  EXPECT_FALSE(fs::exists(ShardDirectory(Options("index").directory, before.shards[0])));
  EXPECT_EQ(reader.get_doccount(), 1u);
  EXPECT_TRUE(reader.term_exists("text")) << "an open reader keeps its snapshot";
}

TEST_F(RebuildTest, LeavesTheOldIndexInForceWhenItFails) {
  log_.Write("one", "A title", "text");
  ASSERT_TRUE(RebuildInto("index").ok());
  const Manifest before = *ReadManifest(Options("index").directory);
  log_.Write("two", "A title", "text");
  auto failed = Rebuild(
      Options("index"),
      [](int64_t, const EventLimits&) {
        return absl::StatusOr<std::vector<IndexEvent>>(absl::DataLossError("row 1 is damaged"));
      },
      clock_, [](int64_t) {});
  EXPECT_TRUE(absl::IsDataLoss(failed.status()));
  const Manifest after = *ReadManifest(Options("index").directory);
  EXPECT_EQ(after.generation, before.generation);
  Xapian::Database reader(ShardDirectory(Options("index").directory, after.shards[0]).string());
  EXPECT_EQ(reader.get_doccount(), 1u);
}

TEST_F(RebuildTest, ReplacesAnIndexThatCannotBeRead) {
  log_.Write("one", "A title", "text");
  fs::create_directories(Options("index").directory);
  ASSERT_TRUE(ReplaceFile(Options("index").directory / "MANIFEST", "not a manifest").ok());
  ASSERT_TRUE(RebuildInto("index").ok());
  EXPECT_EQ(ReadManifest(Options("index").directory)->shards.size(), 1u);
}

TEST_F(RebuildTest, RefusesWhileAnIndexerRuns) {
  IndexerOptions options;
  options.directory = Options("index").directory;
  options.lineage = "lineage-1";
  auto indexer = Indexer::Start(options, log_.Reader(), clock_, [](const absl::Status&) {});
  ASSERT_TRUE(indexer.ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(RebuildInto("index").status()));
}

TEST_F(RebuildTest, OfAnEmptyArchiveIsAnEmptyIndex) {
  auto rebuilt = RebuildInto("index");
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.status();
  EXPECT_EQ(rebuilt->articles, 0);
  EXPECT_EQ(rebuilt->sequence, 0);
}

}  // namespace
}  // namespace broadsheet::ingest
