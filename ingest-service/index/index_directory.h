#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/index/manifest.h"
#include "ingest/index/standing_documents.h"

// The index directory as its writer sees it: the manifest, the shards it names, and what a crash left behind.
namespace broadsheet::ingest {

// A shard entry of this build with a new uuid, taking writes.
ShardEntry NewShardEntry(int64_t first_sequence);

std::filesystem::path ShardDirectory(const std::filesystem::path& index_directory, const ShardEntry& shard);

// The one shard that takes writes. INTERNAL when the manifest names none or several.
absl::StatusOr<ShardEntry> HotShard(const Manifest& manifest);

// All others.
std::vector<ColdShard> ColdShards(const std::filesystem::path& index_directory, const Manifest& manifest);

// The manifest in force, checked: FAILED_PRECONDITION for another lineage, schema, analyzer or format, each with the
// way to rebuild. NOT_FOUND when there is no index yet.
absl::StatusOr<Manifest> ReadOwnManifest(const std::filesystem::path& index_directory, const std::string& lineage);

// Removes what the manifest does not name. Only the writer may, while it holds the data directory. Open readers of a
// removed shard keep working until they let go.
absl::Status RemoveGarbage(const std::filesystem::path& index_directory, const Manifest& manifest);

// Bytes of all files under a directory, of the index or of one of its shards. Cheap.
int64_t BytesUnder(const std::filesystem::path& directory);

}  // namespace broadsheet::ingest
