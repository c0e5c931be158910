// Shards that are damaged, as search-service sees them.
#include "support/damage.h"

#include <gmock/gmock.h>

#include <thread>

#include "common/base/error.h"
#include "common/index/shard_check.h"
#include "common/schema/term.h"
#include "search/index/reader_pool.h"
#include "search/index/requirements.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

// Two shards with checksums and a hot one. The second has a newer version of an article of the first, and says so.
class DamageTest : public ::testing::Test {
 protected:
  DamageTest() {
    index_.AddPlain("rewritten");
    index_.AddPlain("old");
    index_.Freeze();
    index_.AddPlain("rewritten");
    index_.AddPlain("middle");
    index_.Freeze();
    index_.AddPlain("new");
    index_.Commit();
    manifest_ = index_.manifest();
    for (ShardEntry& shard : manifest_.shards) {
      if (shard.state != ShardState::kHot) support::CallSealed(path_, shard);
    }
    Write();
  }

  void Write() {
    ++manifest_.generation;
    ASSERT_TRUE(WriteManifest(path_, manifest_).ok());
  }

  std::filesystem::path FileOf(size_t shard, const std::string& name) {
    return path_ / manifest_.shards[shard].uuid / name;
  }

  static bool Finds(Reader& reader, const std::string& id) { return reader.FindStanding(IdTerm(id)) != 0; }

  // The newest snapshot, when it is without a shard.
  static void WaitUntilLeftOut(ReaderPool& pool) {
    for (bool left_out = false; !left_out; std::this_thread::sleep_for(std::chrono::milliseconds(1))) {
      absl::Status status = pool.Run(CallContext(), [&](Reader& reader, Effort) {
        left_out = !reader.left_out().empty();
        return absl::OkStatus();
      });
      ASSERT_TRUE(status.ok()) << status;
    }
  }

  static void Ask(ReaderPool& pool, const std::function<absl::Status(Reader&)>& work) {
    pool.Run(CallContext(), [&](Reader& reader, Effort) { return work(reader); }).IgnoreError();
  }

  support::TempDirectory directory_;
  const std::filesystem::path path_ = directory_.path() / "index";
  support::TestIndex index_{path_};
  Manifest manifest_;
};

TEST_F(DamageTest, WhatTheManifestSaysIsDamagedIsNotOpened) {
  manifest_.shards[0].state = ShardState::kDamaged;
  manifest_.shards[0].damage = "docdata.glass has another checksum";
  Write();
  std::filesystem::remove_all(FileOf(0, ""));
  Reader reader(path_);
  ASSERT_TRUE(reader.Refresh().ok());
  EXPECT_THAT(reader.shards(), SizeIs(2));
  ASSERT_THAT(reader.left_out(), SizeIs(1));
  EXPECT_EQ(reader.left_out()[0].uuid, manifest_.shards[0].uuid);
  EXPECT_EQ(reader.snapshot().left_out, manifest_.shards[0].uuid + ": docdata.glass has another checksum");
  EXPECT_FALSE(Finds(reader, "old"));
  EXPECT_TRUE(Finds(reader, "rewritten"));
  EXPECT_TRUE(Finds(reader, "new"));
  EXPECT_EQ(ReasonOf(CheckWhole(reader.snapshot(), 1)), "INDEX_INCOMPLETE");
  EXPECT_TRUE(CheckWhole(reader.snapshot(), 2).ok()) << "the shard ends there";
}

TEST_F(DamageTest, AnErrorHasTheShardsVerifiedAndOneThatIsDamagedIsLeftOut) {
  ReaderPool pool(path_);
  Ask(pool, [&](Reader& reader) {
    EXPECT_TRUE(Finds(reader, "middle"));
    return absl::OkStatus();
  });
  support::FlipByte(FileOf(1, "docdata.glass"));
  Ask(pool, [](Reader&) { return absl::DataLossError("a stored article is damaged"); });
  ASSERT_NO_FATAL_FAILURE(WaitUntilLeftOut(pool));
  Ask(pool, [&](Reader& reader) {
    EXPECT_THAT(reader.snapshot().left_out, HasSubstr("docdata.glass has another checksum"));
    EXPECT_EQ(reader.left_out()[0].uuid, manifest_.shards[1].uuid);
    EXPECT_TRUE(Finds(reader, "old"));
    EXPECT_TRUE(Finds(reader, "new"));
    EXPECT_FALSE(Finds(reader, "middle"));
    EXPECT_FALSE(Finds(reader, "rewritten")) << "the version that was overtaken stays so";
    return absl::OkStatus();
  });
  std::erase_if(manifest_.shards, [&](const ShardEntry& shard) { return shard.uuid == manifest_.shards[1].uuid; });
  Write();
  Ask(pool, [&](Reader& reader) {
    EXPECT_TRUE(reader.left_out().empty()) << "the manifest does not name it any more";
    return absl::OkStatus();
  });
}

TEST_F(DamageTest, AnErrorWithoutDamageLeavesNothingOut) {
  ReaderPool pool(path_);
  for (int i = 0; i < 50; ++i) {
    Ask(pool, [](Reader&) { return absl::DataLossError("a stored article is damaged"); });
    Ask(pool, [](Reader& reader) {
      EXPECT_TRUE(reader.left_out().empty());
      return absl::OkStatus();
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

TEST_F(DamageTest, AFileThatIsMissingIsNoticedByThoseWhoOpenItAnew) {
  ReaderPool pool(path_);
  Ask(pool, [](Reader&) { return absl::OkStatus(); });
  std::filesystem::remove(FileOf(1, "iamglass"));
  Write();  // readers open the shards again
  absl::Status refused = absl::OkStatus();
  while (refused.ok() || ReasonOf(refused) == "INDEX_NOT_OPEN") {
    bool left_out = false;
    refused = pool.Run(CallContext(), [&](Reader& reader, Effort) {
      left_out = !reader.left_out().empty();
      return absl::OkStatus();
    });
    if (left_out) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  FAIL() << refused;
}

// Nobody knows what it said of others: it is for ingest-service to find that out.
TEST_F(DamageTest, WithoutWhatADamagedShardSaidOfOthersTheIndexIsNotOpened) {
  std::filesystem::remove(FileOf(1, "postlist.glass"));
  ReaderPool pool(path_);
  for (int i = 0; i < 50; ++i) {
    absl::Status refused = pool.Run(CallContext(), [](Reader&, Effort) { return absl::OkStatus(); });
    EXPECT_EQ(ReasonOf(refused), "INDEX_NOT_OPEN");
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  manifest_.shards[1].state = ShardState::kDamaged;
  Write();
  EXPECT_TRUE(pool.Run(CallContext(), [](Reader&, Effort) { return absl::OkStatus(); }).ok());
}

}  // namespace
}  // namespace broadsheet::search
