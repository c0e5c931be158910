#pragma once

#include <span>

#include "search/columns/shard_columns.h"
#include "search/columns/shard_docid.h"
#include "xapian.h"

namespace broadsheet::search {

// A shard while its matches are looked at.
struct ShardView {
  // The docid in the snapshot of a docid of the shard.
  Xapian::docid InSnapshot(Xapian::docid docid) const { return search::InSnapshot({index, docid}, count); }

  const ShardColumns* columns = nullptr;
  Xapian::docid index = 0;  // of the shard
  Xapian::docid count = 1;  // of shards
};

// Some matches of one shard, at most kMostInBatch.
inline constexpr size_t kMostInBatch = 512;
struct Batch {
  std::span<const Xapian::docid> docids;  // of the shard
  std::span<const double> weights;        // of each, rounded; 0 when the sweep is without weights
};

// Is shown every match of a query, many at a time. Not thread-safe.
class MatchSink {
 public:
  virtual ~MatchSink() = default;

  // What is taken next is of this shard. Every shard that has a match comes once, in order.
  virtual void BeginShard(const ShardView& shard) = 0;

  virtual void Take(const Batch& batch) = 0;

  // Whether it needs no more.
  virtual bool Full() const { return false; }
};

}  // namespace broadsheet::search
