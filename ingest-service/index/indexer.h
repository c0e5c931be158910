#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "ingest/index/archive_view.h"
#include "ingest/index/index_event.h"
#include "ingest/index/shard_status.h"

namespace broadsheet::ingest {

// What a commit costs grows with the shard that takes writes.
inline constexpr int64_t kHotDocuments = 50'000;
inline constexpr int64_t kHotBytes = int64_t{1} << 30;

// A sealed shard is smaller, faster to search, and can be repaired.
inline constexpr int64_t kSealQuietSeconds = 120;

struct IndexerOptions {
  std::filesystem::path directory;  // of the index; created when missing
  std::string lineage;              // of the archive
  int64_t archive_sequence = 0;     // newest durable sequence at the start; an index ahead of it is refused

  absl::Duration tombstone_horizon = absl::Hours(7 * 24);        // deletions stay findable at least so long
  absl::Duration min_commit_interval = absl::Milliseconds(500);  // under load (commit_schedule.h)
  absl::Duration max_commit_interval = absl::Seconds(2);         // under load
  size_t max_commit_bytes = 8 << 20;                             // of articles between two commits; bounds the memory
  int flush_documents = 200;              // Xapian moves so many from memory to its tables; larger is slower
  int64_t hot_documents = kHotDocuments;  // the shard that takes writes is frozen when it has so many
  int64_t hot_bytes = kHotBytes;          // or so many bytes
  absl::Duration seal_quiet = absl::Seconds(kSealQuietSeconds);  // or an eighth of it, when nothing came for so long
  absl::Duration retention = absl::InfiniteDuration();           // older articles are taken out (retention.h)
  int64_t disk_reserve = 0;                                      // bytes that sealing shards leaves free

  ArchiveView archive;                               // repairs damaged shards; empty: they are only named
  absl::Duration verify_interval = absl::Hours(24);  // of sealed shards (shard_verifier.h)
  int64_t verify_bytes_per_second = 32 << 20;        // that this reads at most
};

struct IndexerStatus {
  int64_t durable_sequence = 0;  // the newest it was told of
  int64_t visible_sequence = 0;
  size_t waiters = 0;
  std::optional<absl::Time> last_commit_time;  // none before the first commit since the start
  absl::Duration last_commit_duration;         // with the fsync of the directory
  int64_t commits = 0;                         // since the start
  ShardSetStatus shards;
  absl::Status health;  // why it stopped, when it did
};

// Keeps the index up with the archive: one thread reads events and builds documents, another writes them into the hot
// shard, and sees to the others (shard_set.h). What it commits is a function of the events alone. Thread-safe.
class Indexer {
 public:
  // Opens the index, or creates it when there is none, and starts to index from where it stands. FAILED_PRECONDITION
  // when the index belongs to another archive, is ahead of it, is of another schema or analyzer, or is locked by
  // another process; the message says how to rebuild. `on_fatal` is called at most once, on the writing thread, when
  // the index cannot be written any more: stop acknowledging and exit; the next start recovers.
  static absl::StatusOr<std::unique_ptr<Indexer>> Start(const IndexerOptions& options, EventReader read,
                                                        const Clock& clock,
                                                        std::function<void(const absl::Status&)> on_fatal);

  // Stop().
  ~Indexer();

  // Rows up to `sequence` are durable in the archive. Cheap; called after each commit of the archive.
  void Notify(int64_t sequence);

  // Everything up to it is found by a search that starts now: committed, and the commit durable.
  int64_t visible_sequence() const;

  // Calls `done` exactly once, on a thread of the indexer: with true as soon as `sequence` is visible, with false at
  // the deadline or when the indexer stops. `done` must not block. The caller caps how many wait.
  void CallWhenVisible(int64_t sequence, absl::Time deadline, std::function<void(bool visible)> done);

  IndexerStatus status() const;

  // Commits what was read so far, ends the threads and answers those who wait. Returns why it had failed, if it had.
  absl::Status Stop();

 private:
  class Threads;
  explicit Indexer(std::unique_ptr<Threads> threads);
  std::unique_ptr<Threads> threads_;
};

}  // namespace broadsheet::ingest
