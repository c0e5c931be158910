// Shards that are damaged, in every way and at every time, and what becomes of the index.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <iostream>
#include <random>
#include <set>
#include <string>

#include "repair_fixture.h"
#include "support/damage.h"

namespace broadsheet::ingest {
namespace {

using ::testing::HasSubstr;

constexpr int kEvents = 400;

class DamageTest : public RepairTest, public testing::WithParamInterface<size_t> {
 protected:
  support::Damage damage_ = support::AllDamages()[GetParam()];
};

TEST_P(DamageTest, FoundAtTheStartTheShardIsLeftOutAndRestored) {
  auto shards = Open();
  ASSERT_NO_FATAL_FAILURE(Write(*shards, kEvents, 41));
  for (unsigned seed = 410; !WithMarks().has_value(); ++seed) {
    ASSERT_NO_FATAL_FAILURE(Write(*shards, 20, seed));
    ASSERT_NO_FATAL_FAILURE(TendUntilWhole(*shards));
  }
  const ShardEntry shard = *WithMarks();
  shards.reset();
  damage_.make(ShardDirectory(Options().directory, shard));
  shards = Open();
  ASSERT_NE(shards, nullptr);
  ASSERT_NO_FATAL_FAILURE(TendUntilDamaged(*shards));
  const int64_t without = ExpectNothingOvertaken();
  ASSERT_NO_FATAL_FAILURE(TendUntilWhole(*shards));
  EXPECT_GT(ExpectNothingOvertaken(), without);
  EXPECT_GT(shards->status().restored, 0);
  ASSERT_NO_FATAL_FAILURE(ExpectRestored(*shards));
}

TEST_P(DamageTest, WhileArticlesComeTheResultIsThatOfARebuild) {
  auto shards = Open();
  ASSERT_NO_FATAL_FAILURE(Write(*shards, kEvents, 42));
  const ShardEntry shard = Sealed(true);
  ASSERT_FALSE(shard.uuid.empty());
  damage_.make(ShardDirectory(Options().directory, shard));
  shards.reset();
  shards = Open();
  ASSERT_NE(shards, nullptr);
  ASSERT_NO_FATAL_FAILURE(TendUntilDamaged(*shards));
  log_.WriteRandomly(200, 43);
  while (shards->writer().sequence() < log_.last_sequence()) {
    ASSERT_TRUE(ApplyBatch(*shards).ok());
    ASSERT_NO_FATAL_FAILURE(Tend(*shards));
    ExpectNothingOvertaken();
  }
  ASSERT_NO_FATAL_FAILURE(TendUntilWhole(*shards));
  ASSERT_NO_FATAL_FAILURE(ExpectRestored(*shards));
}

class NoticedDamageTest : public DamageTest {};

// The writer has it open, and may meet the damage before it is found.
TEST_P(NoticedDamageTest, WhileItIsInUseItIsLeftOutAndRestored) {
  verify_interval_ = absl::Milliseconds(20);
  auto shards = Open();
  for (unsigned round = 0; round < 2; ++round) {
    ASSERT_NO_FATAL_FAILURE(Write(*shards, kEvents / 4, 60 + round));
    for (unsigned more = 0; Sealed(true).uuid.empty(); ++more)
      ASSERT_NO_FATAL_FAILURE(Write(*shards, 20, 80 + more));
    const ShardEntry shard = Sealed(round % 2 == 0);
    damage_.make(ShardDirectory(Options().directory, shard));
    log_.WriteRandomly(60, 70 + round);
    bool found = false;
    while (shards->writer().sequence() < log_.last_sequence()) {
      if (const absl::Status applied = ApplyBatch(*shards); !applied.ok()) {
        ASSERT_TRUE(shards->Recover(true, found).ok());
        ASSERT_TRUE(found) << applied;
      }
      ASSERT_NO_FATAL_FAILURE(Tend(*shards));
      found |= shards->status().damaged > 0;
      if (found) ExpectNothingOvertaken();
    }
    if (!found) {
      ASSERT_NO_FATAL_FAILURE(TendUntilDamaged(*shards));
    }
    ASSERT_NO_FATAL_FAILURE(TendUntilWhole(*shards));
    ASSERT_NO_FATAL_FAILURE(ExpectRestored(*shards)) << round;
  }
}

std::string NameOf(const testing::TestParamInfo<size_t>& test) {
  return support::AllDamages()[test.param].name;
}

INSTANTIATE_TEST_SUITE_P(Kinds, DamageTest, testing::Range<size_t>(0, support::AllDamages().size()), NameOf);
// Two kinds only: what a failed seal or freeze puts off, it puts off by a minute.
INSTANTIATE_TEST_SUITE_P(Kinds, NoticedDamageTest,
                         testing::Values(support::kUnnoticed, support::AllDamages().size() - 1), NameOf);

TEST_F(RepairTest, TheManifestNamesTheDamageUntilAllIsRestored) {
  auto shards = Open();
  ASSERT_NO_FATAL_FAILURE(Write(*shards, kEvents, 44));
  shards.reset();
  const ShardEntry shard = Sealed(true);
  support::FlipByte(FileOf(shard, "docdata.glass"));
  shards = Open();
  ASSERT_NO_FATAL_FAILURE(TendUntilDamaged(*shards));
  const auto damaged = [&]() -> std::optional<ShardEntry> {
    const Manifest manifest = InForce();
    for (const ShardEntry& entry : manifest.shards) {
      if (entry.damaged()) return entry;
    }
    return std::nullopt;
  };
  ASSERT_TRUE(damaged().has_value());
  EXPECT_EQ(damaged()->uuid, shard.uuid);
  EXPECT_THAT(damaged()->damage, HasSubstr("docdata.glass has another checksum"));
  EXPECT_EQ(damaged()->damaged_us, absl::ToUnixMicros(TestStart()));
  EXPECT_GT(shards->status().left_to_restore, 0);
  EXPECT_TRUE(shards->advancing());
  EXPECT_TRUE(std::filesystem::exists(FileOf(shard, "docdata.glass")));
  ASSERT_NO_FATAL_FAILURE(TendUntilWhole(*shards));
  EXPECT_FALSE(damaged().has_value());
  EXPECT_FALSE(std::filesystem::exists(FileOf(shard, "")));
  EXPECT_EQ(shards->status().left_to_restore, 0);
  EXPECT_LE(log_.read_for_repair(), shard.documents) << "only what the shard had is made again";
}

TEST_F(RepairTest, SeveralAtOnceAndOneMoreWhileTheyAreRestored) {
  auto shards = Open();
  ASSERT_NO_FATAL_FAILURE(Write(*shards, kEvents, 45));
  std::vector<ShardEntry> sealed;
  for (unsigned seed = 450; sealed.size() < 3; ++seed) {
    ASSERT_NO_FATAL_FAILURE(Write(*shards, 20, seed));
    ASSERT_NO_FATAL_FAILURE(TendUntilWhole(*shards));
    sealed.clear();
    const Manifest manifest = InForce();
    for (const ShardEntry& shard : manifest.shards) {
      if (shard.state == ShardState::kSealed) sealed.push_back(shard);
    }
  }
  shards.reset();
  for (size_t i = 0; i + 1 < sealed.size(); ++i)
    support::FlipByte(FileOf(sealed[i], "postlist.glass"));
  shards = Open();
  ASSERT_NO_FATAL_FAILURE(TendUntilDamaged(*shards));
  support::FlipByte(FileOf(sealed.back(), "termlist.glass"));
  shards = nullptr;
  shards = Open();
  ASSERT_NE(shards, nullptr);
  ASSERT_NO_FATAL_FAILURE(TendUntilWhole(*shards));
  ASSERT_NO_FATAL_FAILURE(ExpectRestored(*shards));
}

TEST_F(RepairTest, AfterAnErrorOfTheWriterTheShardAtFaultIsFoundAtOnce) {
  auto shards = Open();
  ASSERT_NO_FATAL_FAILURE(Write(*shards, kEvents, 46));
  bool found = true;
  ASSERT_TRUE(shards->Recover(true, found).ok());
  EXPECT_FALSE(found);
  support::FlipByte(FileOf(Sealed(true), "docdata.glass"));
  ASSERT_TRUE(shards->Recover(true, found).ok());
  EXPECT_TRUE(found);
  EXPECT_EQ(shards->status().damaged, 1);
  ExpectNothingOvertaken();
  ASSERT_NO_FATAL_FAILURE(TendUntilWhole(*shards));
  ASSERT_NO_FATAL_FAILURE(ExpectRestored(*shards));
}

TEST_F(RepairTest, WithoutAnArchiveTheIndexStaysAsItIs) {
  auto shards = Open();
  ASSERT_NO_FATAL_FAILURE(Write(*shards, kEvents, 47));
  shards.reset();
  support::FlipByte(FileOf(Sealed(true), "docdata.glass"));
  ShardSetOptions options = Options();
  options.archive = {};
  auto opened = ShardSet::Open(options, clock_);
  ASSERT_TRUE(opened.ok()) << opened.status();
  for (int i = 0; i < 100; ++i)
    ASSERT_NO_FATAL_FAILURE(Tend(**opened));
  EXPECT_EQ((*opened)->status().damaged, 0);
}

// A process of its own damages nothing, restores, and is killed at a random moment.
TEST_F(RepairTest, KilledWhileItRestoresItGoesOnAtTheNextStart) {
  {
    auto shards = Open();
    ASSERT_NO_FATAL_FAILURE(Write(*shards, kEvents, 48));
  }
  std::mt19937 random(20261129);
  int kills = 0, restoring = 0;
  std::set<std::string> flipped;
  for (; kills < 16; ++kills) {
    const ShardEntry shard = Sealed(true);
    if (kills % 2 == 0 && !shard.uuid.empty()) {
      support::FlipByte(FileOf(shard, "postlist.glass"));
      flipped.insert(shard.uuid);
    }
    const pid_t child = fork();
    if (child == 0) {
      auto shards = Open();
      while (true) {
        Tend(*shards);
        if (HasFatalFailure()) _exit(1);
      }
    }
    usleep(static_cast<useconds_t>(random() % 120'000));
    ASSERT_EQ(waitpid(child, nullptr, WNOHANG), 0) << "it ended by itself";
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    bool all_found = true;
    const Manifest manifest = InForce();
    for (const ShardEntry& entry : manifest.shards) {
      restoring += entry.damaged();
      all_found = all_found && (entry.damaged() || !flipped.contains(entry.uuid));
    }
    if (all_found) ExpectNothingOvertaken();
    if (kills % 4 != 3) continue;
    auto shards = Open();
    ASSERT_NE(shards, nullptr);
    for (int i = 0; i < 20; ++i)
      ASSERT_NO_FATAL_FAILURE(Tend(*shards));
    ASSERT_NO_FATAL_FAILURE(TendUntilWhole(*shards));
    ASSERT_NO_FATAL_FAILURE(ExpectRestored(*shards)) << "after kill " << kills;
    ASSERT_NO_FATAL_FAILURE(Write(*shards, 60, 100 + static_cast<unsigned>(kills)));
  }
  std::cout << kills << " kills, " << restoring << " with a damaged shard in the manifest\n";
  EXPECT_GE(restoring, 3);
}

}  // namespace
}  // namespace broadsheet::ingest
