#include "ingest/index/freeze.h"

#include <system_error>
#include <utility>

#include "ingest/index/index_directory.h"

namespace broadsheet::ingest {

absl::StatusOr<std::unique_ptr<ShardWriter>> FreezeHotShard(const std::filesystem::path& index_directory,
                                                            const ShardWriter& hot, int flush_documents,
                                                            Manifest& manifest) {
  Manifest next = manifest;
  ++next.generation;
  for (ShardEntry& shard : next.shards) {
    if (shard.uuid != hot.shard().uuid) continue;
    shard.state = ShardState::kFrozen;
    shard.last_sequence = hot.sequence();
    shard.documents = hot.documents();
    shard.bytes = BytesUnder(hot.directory());
  }
  const ShardEntry& fresh = next.shards.emplace_back(NewShardEntry(hot.sequence() + 1));
  const std::filesystem::path directory = ShardDirectory(index_directory, fresh);
  auto writer = ShardWriter::Create(directory, fresh, manifest.lineage, flush_documents,
                                    ColdShards(index_directory, next), {hot.sequence(), hot.tombstones_since()});
  if (!writer.ok()) {
    std::error_code error;  // what stays is removed at the next start
    std::filesystem::remove_all(directory, error);
    return writer;
  }
  if (absl::Status written = WriteManifest(index_directory, next); !written.ok()) return written;
  manifest = std::move(next);
  return writer;
}

}  // namespace broadsheet::ingest
