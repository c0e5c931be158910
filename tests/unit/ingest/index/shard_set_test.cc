#include "ingest/index/shard_set.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <iostream>
#include <random>

#include "common/schema/field.h"
#include "common/schema/term.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/merge_choice.h"
#include "shard_set_fixture.h"

namespace broadsheet::ingest {
namespace {

class ShardSetTest : public ShardSetFixture {
 protected:
  absl::StatusOr<std::unique_ptr<ShardSet>> Open() { return Open(Options()); }
  absl::StatusOr<std::unique_ptr<ShardSet>> Open(const ShardSetOptions& options) {
    std::filesystem::create_directories(options.directory);
    return ShardSet::Open(options, clock_);
  }

  // Applies the next events and commits.
  absl::Status ApplyBatch(ShardSet& shards) {
    const int64_t through = std::min(shards.writer().sequence() + kBatch, log_.last_sequence());
    const auto events = log_.Reader()(shards.writer().sequence(), {through, 10'000, 0});
    for (const IndexEvent& event : *events) {
      if (absl::Status applied = shards.writer().Apply(Prepare(event)); !applied.ok()) return applied;
    }
    return shards.writer().Commit(through);
  }

  // Applies all events that there are, and tends after each commit.
  void ApplyAll(ShardSet& shards) {
    while (shards.writer().sequence() < log_.last_sequence()) {
      ASSERT_TRUE(ApplyBatch(shards).ok());
      ASSERT_TRUE(shards.Tend().ok());
    }
  }

  void TendUntilDone(ShardSet& shards) {
    do {
      ASSERT_TRUE(shards.Tend().ok());
      usleep(1'000);
    } while (shards.sealing());
  }

  static absl::Status AdvanceAndCommit(ShardSet& shards) {
    for (int i = 0; i < 3 && shards.advancing(); ++i) {
      if (auto advanced = shards.Advance(); !advanced.ok()) return advanced.status();
    }
    return shards.writer().Commit(shards.writer().sequence());
  }

  void ExpireAll(ShardSet& shards) {
    do {
      ASSERT_NO_FATAL_FAILURE(TendUntilDone(shards));
      ASSERT_TRUE(AdvanceAndCommit(shards).ok());
    } while (shards.advancing());
    TendUntilDone(shards);
  }

  int64_t Articles(ShardSet& shards) {
    int64_t articles = 0;
    shards.writer().documents_of().ForEach(std::string(kArticleTerm), [&](const DocumentPlace&) { ++articles; });
    return articles;
  }
};

TEST_F(ShardSetTest, ShardsAreFrozenSealedAndMergedAndTheIndexIsThatOfARebuild) {
  log_.WriteRandomly(600, 31);
  auto shards = Open();
  ASSERT_TRUE(shards.ok()) << shards.status();
  size_t most = 0;
  for (int batch = 0; (*shards)->writer().sequence() < log_.last_sequence(); ++batch) {
    ASSERT_TRUE(ApplyBatch(**shards).ok());
    ASSERT_TRUE((*shards)->Tend().ok());
    if (batch % 50 == 10) {
      ASSERT_NO_FATAL_FAILURE(ExpectAsRebuilt(**shards)) << batch;
    }
    if (batch % 8 == 0) {
      ASSERT_NO_FATAL_FAILURE(TendUntilDone(**shards));
    }
    most = std::max(most, (*shards)->manifest().shards.size());
    if (batch % 40 == 39) {
      shards->reset();
      shards = Open();
      ASSERT_TRUE(shards.ok()) << shards.status();
      ExpectNoGarbage();
    }
  }
  ASSERT_NO_FATAL_FAILURE(TendUntilDone(**shards));
  ExpectAsRebuilt(**shards);
  ExpectNoGarbage();
  EXPECT_GE(most, 3u);
  const ShardSetStatus status = (*shards)->status();
  EXPECT_EQ(status.frozen, 0);
  EXPECT_GE(status.sealed, 1);
  EXPECT_FALSE(status.sealing);
  EXPECT_GT((*shards)->manifest().generation, 20);
}

TEST_F(ShardSetTest, AHotShardIsFrozenByItsBytesToo) {
  ShardSetOptions options = Options();
  options.hot_documents = 1'000'000;
  options.hot_bytes = 200'000;
  auto shards = Open(options);
  ASSERT_TRUE(shards.ok());
  log_.WriteRandomly(200, 32);
  ASSERT_NO_FATAL_FAILURE(ApplyAll(**shards));
  TendUntilDone(**shards);
  EXPECT_GE((*shards)->status().sealed, 1);
  ExpectAsRebuilt(**shards);
}

TEST_F(ShardSetTest, AHotShardToWhichNothingComesIsSealedWhenItHasAnEighthOfAFullOne) {
  ShardSetOptions options = Options();
  options.hot_documents = 80;
  options.seal_quiet = absl::Milliseconds(200);
  auto shards = Open(options);
  ASSERT_TRUE(shards.ok());
  log_.WriteRandomly(200, 34);
  while ((*shards)->writer().documents() < 10) {
    ASSERT_TRUE(ApplyBatch(**shards).ok());
    ASSERT_TRUE((*shards)->Tend().ok());
    if ((*shards)->writer().documents() < 5) usleep(250'000);  // too few for a shard
    ASSERT_NO_FATAL_FAILURE(TendUntilDone(**shards));
    ASSERT_EQ((*shards)->manifest().shards.size(), 1u);
  }
  usleep(250'000);
  ASSERT_NO_FATAL_FAILURE(TendUntilDone(**shards));
  EXPECT_EQ((*shards)->status().sealed, 1);
  EXPECT_EQ((*shards)->status().hot_documents, 0);
  usleep(250'000);
  ASSERT_NO_FATAL_FAILURE(TendUntilDone(**shards));
  EXPECT_EQ((*shards)->manifest().shards.size(), 2u) << "an empty one stays as it is";
  ExpectAsRebuilt(**shards);
}

TEST_F(ShardSetTest, WithoutRoomOnTheDiskNothingIsSealed) {
  ShardSetOptions options = Options();
  options.disk_reserve = int64_t{1} << 60;
  auto shards = Open(options);
  ASSERT_TRUE(shards.ok());
  log_.WriteRandomly(100, 33);
  ASSERT_NO_FATAL_FAILURE(ApplyAll(**shards));
  EXPECT_FALSE((*shards)->sealing());
  EXPECT_GE((*shards)->status().frozen, 1);
  EXPECT_EQ((*shards)->status().sealed, 0);
  ExpectAsRebuilt(**shards);
}

TEST_F(ShardSetTest, ArticlesThatAreTooOldLeaveEveryShardAndTheIndexIsThatOfARebuild) {
  ShardSetOptions options = Options();
  options.retention = absl::Hours(24);
  log_.WriteRandomly(300, 35);
  auto shards = Open(options);
  ASSERT_TRUE(shards.ok()) << shards.status();
  ASSERT_NO_FATAL_FAILURE(ApplyAll(**shards));
  int64_t before = Articles(**shards);
  for (int hours : {2, 8, 20, 30}) {
    clock_.Set(TestStart() + absl::Hours(hours));
    ASSERT_NO_FATAL_FAILURE(ExpireAll(**shards));
    ASSERT_NO_FATAL_FAILURE(ExpectAsRebuilt(**shards, options.retention)) << hours;
    ExpectNoGarbage();
    EXPECT_LT(Articles(**shards), before) << hours;
    before = Articles(**shards);
  }
  EXPECT_GT(before, 0) << "those without a date, of which nobody said when they came in";
  EXPECT_GT((*shards)->status().expired, before);
  shards->reset();
  shards = Open(options);
  ASSERT_TRUE(shards.ok()) << shards.status();
  ExpectAsRebuilt(**shards, options.retention);
}

TEST_F(ShardSetTest, AShardGoesWithItsLastArticleAndWhatItSaidOfOthersStays) {
  ShardSetOptions options = Options();
  options.retention = absl::Hours(48);
  auto shards = Open(options);
  ASSERT_TRUE(shards.ok()) << shards.status();
  const auto write = [&](const std::string& id) { log_.Write(id, "A title", absl::StrCat("What ", id, " says.")); };
  for (int i = 1; i <= 25; ++i)
    write(absl::StrCat("old-", i));  // the 7th, 14th and 21st have no date and stay
  ASSERT_NO_FATAL_FAILURE(ApplyAll(**shards));
  ASSERT_NO_FATAL_FAILURE(TendUntilDone(**shards));
  write("old-7");
  for (int i = 27; i <= 55; ++i)
    write(i % 7 < 2 ? absl::StrCat("twice-", i / 7) : absl::StrCat("new-", i));  // in the end all have a date
  ASSERT_NO_FATAL_FAILURE(ApplyAll(**shards));
  ASSERT_NO_FATAL_FAILURE(TendUntilDone(**shards));
  ASSERT_EQ((*shards)->manifest().shards.size(), 3u);
  clock_.Set(TestStart() + absl::Hours(72));
  ASSERT_NO_FATAL_FAILURE(ExpireAll(**shards));
  ASSERT_NO_FATAL_FAILURE(ExpectAsRebuilt(**shards, options.retention));
  EXPECT_EQ((*shards)->manifest().shards.size(), 2u);
  EXPECT_FALSE((*shards)->writer().documents_of().Find(IdTerm("old-7")).has_value()) << "its first version is back";
  EXPECT_TRUE((*shards)->writer().documents_of().Find(IdTerm("old-14")).has_value());
  ExpectNoGarbage();
}

// A child process writes and tends until it is killed; what it leaves is looked at.
class ShardSetCrashTest : public ShardSetTest {
 protected:
  enum Doing { kWriting, kTending, kWaiting };

  struct Shared {
    std::atomic<int64_t> committed{0};
    std::atomic<int64_t> generation{0};
    std::atomic<int> doing{kWriting};
  };

  ShardSetCrashTest()
      : shared_(new (mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) Shared) {
  }
  ~ShardSetCrashTest() override { munmap(shared_, sizeof(Shared)); }

  // One article in eight is too old.
  ShardSetOptions Retaining() const {
    ShardSetOptions options = Options();
    options.retention = absl::Hours(24);
    return options;
  }

  void RunChild() {
    auto shards = Open(Retaining());
    if (!shards.ok()) _exit(1);
    while ((*shards)->writer().sequence() < log_.last_sequence()) {
      shared_->doing = kWriting;
      if (!ApplyBatch(**shards).ok()) _exit(2);
      shared_->committed = (*shards)->writer().sequence();
      for (int tended = 0; tended < 4 || (*shards)->status().frozen > 2; ++tended) {
        shared_->doing = kTending;
        if (!(*shards)->Tend().ok()) _exit(3);
        if ((*shards)->advancing() && !AdvanceAndCommit(**shards).ok()) _exit(4);
        shared_->generation = (*shards)->manifest().generation;
        shared_->doing = kWaiting;
        usleep(500);
      }
    }
    _exit(0);
  }

  // After a random while, or as soon as the manifest was replaced.
  Doing KillOne(std::mt19937& random) {
    const int64_t committed = shared_->committed, generation = shared_->generation;
    const pid_t child = fork();
    if (child == 0) RunChild();
    const bool at_a_switch = random() % 2 == 0;
    while (waitpid(child, nullptr, WNOHANG) == 0) {
      if (at_a_switch ? shared_->generation > std::max<int64_t>(generation, 1) : shared_->committed > committed) break;
      usleep(50);
    }
    usleep(random() % (at_a_switch ? 2'000 : 60'000));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    return static_cast<Doing>(shared_->doing.load());
  }

  Shared* shared_;
};

TEST_F(ShardSetCrashTest, AKilledWriterLeavesEveryShardOfTheManifestWholeAndNoGarbageAfterTheNextStart) {
  log_.WriteRandomly(6'000, 34);
  std::mt19937 random(20261128);
  int kills = 0, tending = 0, sealing = 0;
  int64_t generation = 0;
  for (; kills < 20; ++kills) {
    const Doing doing = KillOne(random);
    tending += doing == kTending;
    for (const auto& entry : std::filesystem::directory_iterator(Options().directory))
      sealing += entry.path().extension() == ".runs";
    auto shards = Open(Retaining());
    ASSERT_TRUE(shards.ok()) << shards.status();
    ASSERT_GE((*shards)->writer().sequence(), shared_->committed) << "a commit that had returned is gone";
    ASSERT_LE((*shards)->writer().sequence(), shared_->committed + kBatch);
    ASSERT_GE((*shards)->manifest().generation, generation);
    generation = (*shards)->manifest().generation;
    ASSERT_NO_FATAL_FAILURE(ExpectNoGarbage());
    if (kills % 4 != 3) continue;
    ASSERT_NO_FATAL_FAILURE(ExpireAll(**shards));
    ASSERT_NO_FATAL_FAILURE(ExpectAsRebuilt(**shards, Retaining().retention)) << "after kill " << kills;
  }
  std::cout << kills << " kills, " << tending << " while shards changed, " << sealing << " while one was sealed; "
            << generation << " manifests\n";
  EXPECT_GE(sealing, 3);
  EXPECT_GE(generation, 5);
}

}  // namespace
}  // namespace broadsheet::ingest
