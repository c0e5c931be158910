#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace broadsheet::support {

struct IndexComparison {
  int64_t documents = 0;                 // of the first index, tombstones included
  int64_t sequence = 0;                  // of the first index
  std::vector<std::string> differences;  // in words; empty when the indexes hold the same
};

// Whether articles go for their age.
enum class Kept { kAll, kYoung };

// Compares two index directories document by document, whatever their docids and shards: ids, value slots, document
// data, complete term lists with frequencies and positions, and the metadata of lineage, sequence and forgotten
// deletions. Stops after ten differences. Also checks each index against itself: its sequence is the newest of its
// documents' (or of a deletion forgotten), and each id has one document that stands; when articles go for their age,
// the newest may be gone, and an id may have none in both.
absl::StatusOr<IndexComparison> CompareIndexes(const std::filesystem::path& first, const std::filesystem::path& second,
                                               Kept kept = Kept::kAll);

}  // namespace broadsheet::support
