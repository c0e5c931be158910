#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/index/manifest.h"

// The files of a shard that is never changed again.
namespace broadsheet::ingest {

// Makes all files in the directory, and the directory itself, durable, and returns them with their checksums, by name.
// DATA_LOSS on a sync error, else INTERNAL with the path. CANCELLED when `stopping` says so.
absl::StatusOr<std::vector<ShardFile>> SyncAndSum(const std::filesystem::path& directory,
                                                  const std::function<bool()>& stopping);

}  // namespace broadsheet::ingest
