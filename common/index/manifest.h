#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// The manifest of an index directory: the one place that says which shards make up the index.
//   INDEX/MANIFEST       JSON, replaced whole (common/base/durable_file.h)
//   INDEX/<shard uuid>/  one Xapian database each; a directory that the manifest does not name is garbage
namespace broadsheet {

// The newest format; it is written only while a shard is damaged, else the one before, which earlier builds read.
inline constexpr int kManifestFormat = 3;

// The oldest format that is read: its one shard is hot.
inline constexpr int kOldestManifestFormat = 1;

enum class ShardState {
  kHot,      // takes writes
  kFrozen,   // written no more, not rewritten yet
  kSealed,   // rewritten newest published first, compacted, never changed
  kDamaged,  // found not to be what it was: never opened again, and removed once all that it had is in others
};

// A file of a sealed shard, which never changes.
struct ShardFile {
  std::string name;
  int64_t bytes = 0;
  uint32_t crc32c = 0;
  bool operator==(const ShardFile&) const = default;
};

struct ShardEntry {
  std::string uuid;            // also its directory
  int64_t first_sequence = 0;  // lowest sequence it may hold
  int64_t last_sequence = 0;   // highest; 0 while it takes writes
  int schema_version = 0;      // kSchemaVersion of its writer
  int analyzer_version = 0;    // kAnalyzerVersion of its writer
  std::string xapian_version;  // library that wrote it
  ShardState state = ShardState::kHot;

  // Not of a hot shard.
  int64_t documents = 0;  // tombstones and superseded ones too
  int64_t bytes = 0;      // on disk

  // Sealed only.
  std::optional<int64_t> earliest_published_us;  // of its articles, since 1970; none when no article is dated
  std::optional<int64_t> latest_published_us;
  std::vector<ShardFile> files;

  // Damaged only.
  std::string damage;      // which files are not what they were, and how
  int64_t damaged_us = 0;  // when that was found, since 1970

  // Read, and written no more.
  bool cold() const { return state == ShardState::kFrozen || state == ShardState::kSealed; }
  bool damaged() const { return state == ShardState::kDamaged; }
};

struct Manifest {
  int64_t generation = 0;  // grows by one with each replacement
  std::string lineage;     // of the archive it was made from
  std::vector<ShardEntry> shards;

  bool HasDamaged() const { return std::any_of(shards.begin(), shards.end(), std::mem_fn(&ShardEntry::damaged)); }
};

// NOT_FOUND when there is no manifest yet; FAILED_PRECONDITION for an unknown format; DATA_LOSS when it cannot be read.
absl::StatusOr<Manifest> ReadManifest(const std::filesystem::path& index_directory);

// Replaces the manifest durably.
absl::Status WriteManifest(const std::filesystem::path& index_directory, const Manifest& manifest);

// OK when this build can read every shard; FAILED_PRECONDITION saying what differs and how to rebuild otherwise.
absl::Status CheckReadable(const Manifest& manifest);

}  // namespace broadsheet
