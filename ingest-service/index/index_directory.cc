#include "ingest/index/index_directory.h"

#include <xapian.h>

#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/schema/field.h"
#include "common/text/analyzer_version.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

bool Names(const Manifest& manifest, const std::string& directory) {
  for (const ShardEntry& shard : manifest.shards) {
    if (shard.uuid == directory) return true;
  }
  return false;
}

}  // namespace

ShardEntry NewShardEntry(int64_t first_sequence) {
  ShardEntry shard;
  shard.uuid = NewUuid();
  shard.first_sequence = first_sequence;
  shard.schema_version = kSchemaVersion;
  shard.analyzer_version = kAnalyzerVersion;
  shard.xapian_version = Xapian::version_string();
  return shard;
}

fs::path ShardDirectory(const fs::path& index_directory, const ShardEntry& shard) {
  return index_directory / shard.uuid;
}

absl::StatusOr<ShardEntry> HotShard(const Manifest& manifest) {
  const ShardEntry* hot = nullptr;
  for (const ShardEntry& shard : manifest.shards) {
    if (shard.state != ShardState::kHot) continue;
    if (hot != nullptr) return absl::InternalError("the manifest of the index names several shards that take writes");
    hot = &shard;
  }
  if (hot == nullptr) return absl::InternalError("the manifest of the index names no shard that takes writes");
  return *hot;
}

std::vector<ColdShard> ColdShards(const fs::path& index_directory, const Manifest& manifest) {
  std::vector<ColdShard> cold;
  for (const ShardEntry& shard : manifest.shards) {
    if (shard.state == ShardState::kHot) continue;
    cold.push_back({shard.uuid, ShardDirectory(index_directory, shard), shard.damaged()});
  }
  return cold;
}

absl::StatusOr<Manifest> ReadOwnManifest(const fs::path& index_directory, const std::string& lineage) {
  auto manifest = ReadManifest(index_directory);
  if (!manifest.ok()) return manifest;
  if (absl::Status readable = CheckReadable(*manifest); !readable.ok()) return readable;
  if (manifest->lineage == lineage) return manifest;
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "INDEX_LINEAGE",
      absl::StrCat("the index in ", index_directory.string(), " was made from another archive (lineage ",
                   manifest->lineage, ", the archive has ", lineage,
                   "): run `ingest-service rebuild` to make it anew from this archive"));
}

absl::Status RemoveGarbage(const fs::path& index_directory, const Manifest& manifest) {
  std::error_code error;
  for (fs::directory_iterator entry(index_directory, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->is_directory(error) || Names(manifest, entry->path().filename().string())) continue;
    fs::remove_all(entry->path(), error);
    if (error) break;
  }
  if (!error) return absl::OkStatus();
  return absl::InternalError(
      absl::StrCat("cannot remove old shards from ", index_directory.string(), ": ", error.message()));
}

int64_t BytesUnder(const fs::path& directory) {
  int64_t bytes = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code gone;  // a commit renames files while we look
    auto size = entry->file_size(gone);
    if (!gone) bytes += static_cast<int64_t>(size);
  }
  return bytes;
}

}  // namespace broadsheet::ingest
