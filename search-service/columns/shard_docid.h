#pragma once

#include <cstddef>

#include "xapian.h"

namespace broadsheet::search {

// A document in one of the shards that are open as one database. The engine numbers the documents of several in turn:
// the first of each, the second of each, and so on.
struct ShardDocid {
  size_t shard = 0;  // in the order of the manifest
  Xapian::docid docid = 0;
};

inline Xapian::docid InSnapshot(const ShardDocid& place, size_t shards) {
  return static_cast<Xapian::docid>((place.docid - 1) * shards + place.shard + 1);
}

inline ShardDocid InShard(Xapian::docid docid, size_t shards) {
  return {(docid - 1) % shards, static_cast<Xapian::docid>((docid - 1) / shards + 1)};
}

}  // namespace broadsheet::search
