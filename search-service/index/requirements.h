#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "search/index/reader.h"

namespace broadsheet::search {

// What a caller demands of the snapshot that answers it.
struct Requirements {
  int64_t min_sequence = 0;  // 0: anything
  std::string lineage;       // empty: any
};

// FAILED_PRECONDITION: LINEAGE_MISMATCH, or SEQUENCE_NOT_REACHED with RetryInfo.
absl::Status CheckRequirements(const Requirements& requirements, const Snapshot& snapshot);

// OK when nothing after a sequence is left out because its shard is damaged, so that who reads on from there misses
// nothing; else UNAVAILABLE (INDEX_INCOMPLETE) with RetryInfo.
absl::Status CheckWhole(const Snapshot& snapshot, int64_t after_sequence);

}  // namespace broadsheet::search
