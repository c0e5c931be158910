#pragma once

#include <cstdint>

namespace broadsheet::ingest {

// How the shards of an index stand (shard_set.h).
struct ShardSetStatus {
  int64_t hot_documents = 0;
  int frozen = 0;
  int sealed = 0;
  int64_t superseded = 0;  // documents of frozen and sealed shards
  bool sealing = false;    // shards are being sealed or merged
};

}  // namespace broadsheet::ingest
