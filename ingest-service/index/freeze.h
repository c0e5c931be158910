#pragma once

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "common/index/manifest.h"
#include "ingest/index/shard_writer.h"

namespace broadsheet::ingest {

// Ends the writing of the hot shard and begins a new one, which goes on from its sequence. `hot` is the writer of the
// hot shard of `manifest`, with nothing that waits for its commit; it is to be dropped afterwards. The manifest that is
// in force then is put into `manifest`. A crash at any point leaves the old manifest in force, and perhaps a directory
// that it does not name, or the new one. Errors as ShardWriter::Create and WriteManifest; then nothing changed.
absl::StatusOr<std::unique_ptr<ShardWriter>> FreezeHotShard(const std::filesystem::path& index_directory,
                                                            const ShardWriter& hot, int flush_documents,
                                                            Manifest& manifest);

}  // namespace broadsheet::ingest
