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

// Compares two index directories document by document, whatever their docids and shards: ids, value slots, document
// data, complete term lists with frequencies and positions, and the metadata of lineage, sequence and forgotten
// deletions. Stops after `max_differences`. Also checks each index against itself: its sequence is the newest of its
// documents' (or of a deletion forgotten), and no id has more than one document that
// stands.
absl::StatusOr<IndexComparison> CompareIndexes(const std::filesystem::path& first, const std::filesystem::path& second,
                                               size_t max_differences = 10);

}  // namespace broadsheet::support
