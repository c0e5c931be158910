#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/index/manifest.h"

namespace broadsheet::ingest {

// Shards of about the same size are merged when there are so many of them; what comes of it is so many times as large.
// So the number of shards grows with the logarithm of the number of documents, and so does how often one is copied.
inline constexpr int64_t kMergeFactor = 4;

// Most shards of one merge.
inline constexpr size_t kMostMerged = 8;

// A sealed shard is written anew when so much of it is superseded.
inline constexpr double kSupersededShare = 0.2;

// A shard that is written no more, and how many of its documents are superseded.
struct ShardLoad {
  std::string uuid;
  ShardState state = ShardState::kFrozen;
  int64_t documents = 0;
  int64_t superseded = 0;
};

// Which shards to seal together next, in the order of `shards`; none when all is well. Frozen ones come first, the
// oldest before others (`shards` are in the order of their age); then tiers that are full; then shards with much that
// is superseded. `hot_documents`: documents of a shard when it is frozen. Pure.
std::vector<std::string> ChooseMerge(const std::vector<ShardLoad>& shards, int64_t hot_documents);

}  // namespace broadsheet::ingest
