#include "ingest/index/index_directory.h"

#include <gtest/gtest.h>

#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

TEST(IndexDirectoryTest, FindsTheOneShardThatTakesWrites) {
  Manifest manifest;
  EXPECT_FALSE(HotShard(manifest).ok());
  manifest.shards = {NewShardEntry(1), NewShardEntry(101)};
  EXPECT_FALSE(HotShard(manifest).ok()) << "two take writes";
  manifest.shards[0].state = ShardState::kFrozen;
  auto hot = HotShard(manifest);
  ASSERT_TRUE(hot.ok());
  EXPECT_EQ(hot->uuid, manifest.shards[1].uuid);
}

TEST(IndexDirectoryTest, SaysWhenThereIsNoIndexYet) {
  support::TempDirectory directory;
  EXPECT_TRUE(absl::IsNotFound(ReadOwnManifest(directory.path(), "lineage-1").status()));
}

TEST(IndexDirectoryTest, ReadsTheManifestOfItsOwnLineageOnly) {
  support::TempDirectory directory;
  ASSERT_TRUE(WriteManifest(directory.path(), {3, "lineage-1", {NewShardEntry(1)}}).ok());
  EXPECT_EQ(ReadOwnManifest(directory.path(), "lineage-1")->generation, 3);
  EXPECT_EQ(ReasonOf(ReadOwnManifest(directory.path(), "lineage-2").status()), "INDEX_LINEAGE");
}

TEST(IndexDirectoryTest, RemovesOnlyDirectoriesThatTheManifestDoesNotName) {
  support::TempDirectory directory;
  Manifest manifest{1, "lineage-1", {NewShardEntry(1)}};
  ASSERT_TRUE(WriteManifest(directory.path(), manifest).ok());
  const fs::path kept = ShardDirectory(directory.path(), manifest.shards[0]);
  const fs::path garbage = ShardDirectory(directory.path(), NewShardEntry(1));
  fs::create_directories(kept);
  fs::create_directories(garbage);
  ASSERT_TRUE(RemoveGarbage(directory.path(), manifest).ok());
  EXPECT_TRUE(fs::exists(kept));
  EXPECT_FALSE(fs::exists(garbage));
  EXPECT_TRUE(ReadManifest(directory.path()).ok());
}

TEST(IndexDirectoryTest, CountsTheBytesOfAllFiles) {
  support::TempDirectory directory;
  EXPECT_EQ(BytesUnder(directory.path() / "none"), 0);
  fs::create_directories(directory.path() / "shard");
  ASSERT_TRUE(ReplaceFile(directory.path() / "shard" / "table", std::string(1000, 'x')).ok());
  ASSERT_TRUE(ReplaceFile(directory.path() / "other", std::string(24, 'x')).ok());
  EXPECT_EQ(BytesUnder(directory.path()), 1024);
}

}  // namespace
}  // namespace broadsheet::ingest
