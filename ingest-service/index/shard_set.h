#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/index/manifest.h"
#include "ingest/index/sealer.h"
#include "ingest/index/shard_status.h"
#include "ingest/index/shard_writer.h"

namespace broadsheet::ingest {

struct ShardSetOptions {
  std::filesystem::path directory;   // of the index
  std::string lineage;               // of the archive
  int flush_documents = 200;         // as IndexerOptions
  int64_t hot_documents = 0;         // the hot shard is frozen when it has so many
  int64_t hot_bytes = 0;             // or so many on disk
  int64_t disk_reserve = 0;          // bytes that sealing leaves free
  absl::Duration tombstone_horizon;  // older deletions go when a shard is sealed
};

// The shards of an index and what becomes of them, for the one thread that writes: the hot shard is frozen when it is
// full, frozen ones are sealed in the background, and sealed ones merged (merge_choice.h). Readers see each step whole,
// when the manifest is replaced. A crash at any point leaves a manifest that is in force, all the shards that it names,
// and perhaps directories that it does not, which the next start removes.
//
// Not thread-safe.
class ShardSet {
 public:
  // Opens the index, or creates an empty one. Errors as Indexer::Start. `clock` must outlive it.
  static absl::StatusOr<std::unique_ptr<ShardSet>> Open(const ShardSetOptions& options, const Clock& clock);

  // The writer of the hot shard, from one Tend() to the next.
  ShardWriter& writer() { return *writer_; }

  // Does what is due, when nothing waits for the writer's commit: after each commit, and now and then while sealing().
  // A step that fails is logged and tried again later; an error is one of the writer's: it must be reopened, and after
  // DATA_LOSS nothing may be written.
  absl::Status Tend();

  // Whether shards are being sealed or merged.
  bool sealing() const { return sealer_.busy(); }

  ShardSetStatus status() const;
  const Manifest& manifest() const { return manifest_; }

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  ShardSet(const ShardSetOptions& options, const Clock& clock, Manifest manifest, std::unique_ptr<ShardWriter> writer);

  bool HotIsFull() const;
  absl::Status Freeze();
  absl::Status TakeSealed();
  absl::Status Switch(const SealRequest& request, const ShardEntry& sealed);
  void StartSealing();
  bool HasRoomFor(const SealRequest& request) const;
  absl::Status PutOff(std::string_view what, const absl::Status& why, SteadyTime& until);

  const ShardSetOptions options_;
  const Clock& clock_;
  Manifest manifest_;
  std::unique_ptr<ShardWriter> writer_;
  SteadyTime no_freezing_before_;
  SteadyTime no_sealing_before_;
  Sealer sealer_;
};

}  // namespace broadsheet::ingest
