#pragma once

#include <xapian.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/index/manifest.h"

// Shards that are written no more are written anew, one or several into one: without what is superseded, the article
// published last first (those without a date at the end), compacted. What comes of it is never changed.
//
// Documents are copied in runs, each a small database of its own whose terms stay in the caches, and the engine's
// compactor puts the runs one behind the other.
namespace broadsheet::ingest {

// One of the shards that are sealed.
struct SealSource {
  ShardEntry entry;
  std::vector<Xapian::docid> superseded;  // ascending; left out
};

struct SealRequest {
  std::filesystem::path index_directory;
  std::string lineage;
  std::vector<SealSource> sources;
  std::set<std::string> other_shards;            // uuids of those whose superseded documents the sources may say
  absl::Time forget_before = absl::UnixEpoch();  // deletions of days that ended before are left out
  size_t run_documents = 200;                    // in one run
  size_t prepared_bytes = 16 << 20;              // of positions that are read ahead, about
};

// The new shard, durable but in no manifest. What the sources say of superseded documents in other shards goes along.
// CANCELLED soon after `stopping` says so (a compaction ends the table it is at first); DATA_LOSS on a sync error;
// FAILED_PRECONDITION (SHARD_DAMAGED) when a sealed source is not what its checksums say; what a failed or interrupted
// sealing leaves behind is not named by the manifest. Uses the environment's flush threshold.
absl::StatusOr<ShardEntry> SealShards(const SealRequest& request, const std::function<bool()>& stopping);

}  // namespace broadsheet::ingest
