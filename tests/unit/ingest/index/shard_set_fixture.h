#pragma once

#include <gmock/gmock.h>

#include <filesystem>

#include "event_log.h"
#include "ingest/index/rebuild.h"
#include "ingest/index/shard_set.h"
#include "support/index_audit.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {

// An archive and the shards that are made of it, the hot one small.
class ShardSetFixture : public testing::Test {
 protected:
  static constexpr char kLineage[] = "lineage-1";
  static constexpr int kBatch = 5;  // events of a commit

  ShardSetOptions Options() const {
    ShardSetOptions options;
    options.directory = directory_.path() / "index";
    options.lineage = kLineage;
    options.hot_documents = 25;
    options.hot_bytes = int64_t{1} << 40;
    options.tombstone_horizon = absl::Hours(24 * 7);
    return options;
  }

  void ExpectAsRebuilt(ShardSet& shards, absl::Duration retention = absl::InfiniteDuration()) {
    RebuildOptions options;
    options.retention = retention;
    options.directory = directory_.path() / "fresh";
    options.lineage = kLineage;
    options.archive_sequence = shards.writer().sequence();
    ASSERT_TRUE(Rebuild(options, log_.StandingReader(), clock_, [](int64_t) {}).ok());
    const auto kept = retention < absl::InfiniteDuration() ? support::Kept::kYoung : support::Kept::kAll;
    auto same = support::CompareIndexes(Options().directory, options.directory, kept);
    ASSERT_TRUE(same.ok()) << same.status();
    ASSERT_THAT(same->differences, testing::IsEmpty());
  }

  // Directories of the index, of which the manifest names each.
  void ExpectNoGarbage() {
    const auto manifest = ReadManifest(Options().directory);
    ASSERT_TRUE(manifest.ok()) << manifest.status();
    size_t directories = 0;
    for (const auto& entry : std::filesystem::directory_iterator(Options().directory))
      directories += entry.is_directory() ? 1 : 0;
    EXPECT_EQ(directories, manifest->shards.size());
  }

  support::TempDirectory directory_;
  EventLog log_;
  SetClock clock_;
};

}  // namespace broadsheet::ingest
