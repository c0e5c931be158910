#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/index/manifest.h"

namespace broadsheet::ingest {

// One shard, as the manifest has it, and what is known of its files.
struct ShardReport {
  std::string uuid;
  ShardState state = ShardState::kHot;
  int64_t documents = 0;
  int64_t bytes = 0;                   // 0 of the hot one
  std::optional<absl::Time> verified;  // when its files were last found whole, since the start
  std::string damage;                  // of a damaged one, as what follows
  absl::Time damaged_time;
};

// How the shards of an index stand (shard_set.h).
struct ShardSetStatus {
  int64_t hot_documents = 0;
  int frozen = 0;
  int sealed = 0;
  int64_t superseded = 0;  // documents of frozen and sealed shards
  bool sealing = false;    // shards are being sealed or merged
  int damaged = 0;
  int64_t left_to_restore = 0;  // events that damaged shards have lost
  int64_t restored = 0;         // those that are indexed again, since the start
  int64_t expired = 0;          // articles taken out for their age, since the start
  int64_t verified_bytes = 0;   // since the start
  bool verifying = false;       // a shard, now
  std::vector<ShardReport> shards;
};

}  // namespace broadsheet::ingest
