#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <iostream>
#include <random>

#include "common/index/manifest.h"
#include "event_log.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/rebuild.h"
#include "ingest/index/shard_writer.h"
#include "support/index_audit.h"
#include "support/temp_directory.h"

// A child process applies and commits events to a shard; the parent kills it at random moments and looks at what is
// left. The child tells where it is through shared memory.
namespace broadsheet::ingest {
namespace {

constexpr int kKills = 40;
constexpr int kWantedInsideCommit = 5;
constexpr int kEvents = 6000;
constexpr int kBatch = 5;
constexpr char kLineage[] = "lineage-1";

struct Shared {
  std::atomic<int64_t> committed{0};  // sequence of the last commit that returned
  std::atomic<bool> committing{false};
};

class IndexCrashTest : public testing::Test {
 protected:
  IndexCrashTest()
      : shared_(new (mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) Shared) {
    log_.WriteRandomly(kEvents, 7);
    std::filesystem::create_directories(Index());
    EXPECT_TRUE(ShardWriter::Create(ShardDirectory(Index(), shard_), shard_, kLineage, 100).ok());
    EXPECT_TRUE(WriteManifest(Index(), {1, kLineage, {shard_}}).ok());
  }
  ~IndexCrashTest() override { munmap(shared_, sizeof(Shared)); }

  std::filesystem::path Index() const { return directory_.path() / "index"; }

  absl::StatusOr<std::unique_ptr<ShardWriter>> Open() {
    return ShardWriter::Open(ShardDirectory(Index(), shard_), shard_, kLineage, 100);
  }

  void ApplyBatch(ShardWriter& writer, int64_t through) {
    const auto events = log_.Reader()(writer.sequence(), {through, kEvents, 0});
    for (const IndexEvent& event : *events) {
      if (!writer.Apply(Prepare(event)).ok()) _exit(1);
    }
  }

  // In the child: applies batch after batch until it is killed or done.
  void RunChild() {
    auto writer = Open();
    if (!writer.ok()) _exit(1);
    while ((*writer)->sequence() < kEvents) {
      const int64_t through = std::min<int64_t>((*writer)->sequence() + kBatch, kEvents);
      ApplyBatch(**writer, through);
      shared_->committing = true;
      if (!(*writer)->Commit(through).ok()) _exit(1);
      shared_->committing = false;
      shared_->committed = through;
    }
    _exit(0);
  }

  // Kills a child after a random while in which it commits at least once; every third time it is waited for a commit.
  // Returns whether that was inside one.
  bool KillOne(std::mt19937& random) {
    shared_->committing = false;
    const int64_t before = shared_->committed;
    const pid_t child = fork();
    if (child == 0) RunChild();
    while (shared_->committed == before && waitpid(child, nullptr, WNOHANG) == 0)
      usleep(100);
    usleep(random() % 20'000);
    const bool aimed = random() % 3 == 0;
    while (aimed && !shared_->committing && waitpid(child, nullptr, WNOHANG) == 0)
      usleep(20);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    return shared_->committing;
  }

  absl::StatusOr<RebuiltIndex> RebuildAll(const std::filesystem::path& index) {
    return Rebuild({index, kLineage, kEvents}, log_.Reader(), clock_, [](int64_t) {});
  }

  support::TempDirectory directory_;
  ShardEntry shard_ = NewShardEntry(1);
  EventLog log_;
  SetClock clock_;
  Shared* shared_;
};

TEST_F(IndexCrashTest, AKilledWriterLeavesExactlyWhatItCommitted) {
  std::mt19937 random(20260302);
  int inside_commit = 0;
  for (int kill = 0; kill < kKills; ++kill) {
    inside_commit += KillOne(random) ? 1 : 0;
    auto writer = Open();
    ASSERT_TRUE(writer.ok()) << writer.status();
    ASSERT_GE((*writer)->sequence(), shared_->committed) << "a commit that had returned is gone";
    ASSERT_LE((*writer)->sequence(), shared_->committed + kBatch);
    shared_->committed = (*writer)->sequence();

    RebuildOptions options;
    options.directory = directory_.path() / "fresh";
    options.lineage = kLineage;
    options.archive_sequence = (*writer)->sequence();
    ASSERT_TRUE(Rebuild(options, log_.Reader(), clock_, [](int64_t) {}).ok());
    auto same = support::CompareIndexes(Index(), options.directory);
    ASSERT_TRUE(same.ok()) << same.status();
    ASSERT_EQ(same->differences, std::vector<std::string>()) << "after kill " << kill;
  }
  std::cout << kKills << " kills, " << inside_commit << " of them inside a commit\n";
  EXPECT_GE(inside_commit, kWantedInsideCommit) << "too few kills hit a commit to say anything";
}

TEST_F(IndexCrashTest, AKilledRebuildLeavesAWholeIndexInForce) {
  ASSERT_TRUE(RebuildAll(directory_.path() / "reference").ok());
  ASSERT_TRUE(RebuildAll(Index()).ok());
  std::mt19937 random(20260303);
  int unfinished = 0;
  for (int kills = 0; kills < 12; ++kills) {
    const int64_t before = ReadManifest(Index())->generation;
    const pid_t child = fork();
    if (child == 0) _exit(RebuildAll(Index()).ok() ? 0 : 1);
    usleep(random() % 300'000);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    auto manifest = ReadManifest(Index());
    ASSERT_TRUE(manifest.ok()) << manifest.status();
    unfinished += manifest->generation == before ? 1 : 0;
    auto same = support::CompareIndexes(Index(), directory_.path() / "reference");
    ASSERT_TRUE(same.ok()) << same.status();
    ASSERT_EQ(same->differences, std::vector<std::string>()) << "after kill " << kills;
  }
  EXPECT_GE(unfinished, 3) << "too few kills hit a rebuild to say anything";
  ASSERT_TRUE(RebuildAll(Index()).ok());
  int shards = 0;
  for (const auto& entry : std::filesystem::directory_iterator(Index()))
    shards += entry.is_directory() ? 1 : 0;
  EXPECT_EQ(shards, 1) << "what the crashes left is gone";
}

}  // namespace
}  // namespace broadsheet::ingest
