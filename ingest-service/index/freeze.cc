#include "ingest/index/freeze.h"

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
  auto writer = ShardWriter::Create(ShardDirectory(index_directory, fresh), fresh, manifest.lineage, flush_documents,
                                    ColdShards(index_directory, next), {hot.sequence(), hot.tombstones_since()});
  if (!writer.ok()) return writer;
  if (absl::Status written = WriteManifest(index_directory, next); !written.ok()) return written;
  manifest = std::move(next);
  return writer;
}

}  // namespace broadsheet::ingest
