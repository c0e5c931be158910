#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/index/manifest.h"
#include "ingest/index/archive_view.h"
#include "ingest/index/expiry.h"
#include "ingest/index/restorer.h"
#include "ingest/index/sealer.h"
#include "ingest/index/shard_status.h"
#include "ingest/index/shard_verifier.h"
#include "ingest/index/shard_writer.h"

namespace broadsheet::ingest {

struct ShardSetOptions {
  std::filesystem::path directory;                      // of the index
  std::string lineage;                                  // of the archive
  int flush_documents = 200;                            // as IndexerOptions
  int64_t hot_documents = 0;                            // the hot shard is frozen when it has so many
  int64_t hot_bytes = 0;                                // or so many on disk
  int64_t disk_reserve = 0;                             // bytes that sealing leaves free
  absl::Duration seal_quiet = absl::Hours(24);          // or an eighth of either, when nothing came for so long
  absl::Duration tombstone_horizon;                     // older deletions go when a shard is sealed
  absl::Duration retention = absl::InfiniteDuration();  // older articles are taken out (retention.h)
  ArchiveView archive;                                  // what repairs damaged shards; empty: they are only named
  absl::Duration verify_interval = absl::Hours(24);     // as VerifierOptions
  int64_t verify_bytes_per_second = 32 << 20;
};

// The shards of an index and what becomes of them, for the one thread that writes: the hot shard is frozen when it is
// full, or nothing comes to it any more; frozen ones are sealed in the background, and sealed ones merged
// (merge_choice.h). Articles that are too old are taken out, and a shard of which nothing stands any more goes as it
// is. Readers see each step whole, when the manifest is replaced. A crash at any point leaves a manifest that is in
// force, all the shards that it names, and perhaps directories that it does not, which the next start removes.
//
// A shard that is damaged (shard_verifier.h, or it cannot be opened) is left out: first what it said of superseded
// documents is in the hot shard, made anew from the archive where it must be, then the manifest says that the shard is
// damaged, and readers are without it. What it has lost is restored into the hot shard beside what comes anew, and when
// nothing lacks any more, the manifest names it no longer. All of that is found again from the manifest, the documents
// and the archive, so it goes on after a crash.
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

  // Restores some of what damaged shards have lost, and takes out some of what is too old, as part of the writer's next
  // commit; nothing when none is ready. Returns the bytes of it, as PreparedEvent. Errors are those of the writer.
  absl::StatusOr<size_t> Advance();

  // To be called before an event is applied: restores the version before it, when a damaged shard has lost that.
  absl::Status RestoreBefore(const PreparedEvent& event);

  // Whether there is anything for Advance() to do.
  bool advancing() const { return restoring() || expiry_.pending(); }

  // Goes on from the last commit after an error of the writer. When it may have come of damage, all cold shards are
  // read; those at fault are left out from now on, and `damage_found` is set: all is well then.
  absl::Status Recover(bool may_be_damage, bool& damage_found);

  // Ends long work soon; for a stop. Thread-safe.
  void EndSoon() { stopping_ = true; }

  ShardSetStatus status() const;
  const Manifest& manifest() const { return manifest_; }

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  ShardSet(const ShardSetOptions& options, const Clock& clock, Manifest manifest, std::unique_ptr<ShardWriter> writer);

  bool restoring() const { return restorer_ != nullptr || rechecking_; }
  absl::StatusOr<size_t> Restore();
  void NoteChange(SteadyTime now);
  bool HotIsDue(SteadyTime now) const;
  bool HotHasPart(int64_t nth) const;
  absl::Status Freeze();
  absl::Status TakeSealed();
  absl::Status Switch(const SealRequest& request, const ShardEntry& sealed);
  void StartSealing();
  bool HasRoomFor(const SealRequest& request) const;
  bool IsWhole(const SealRequest& request) const;
  absl::Status LeaveOutDamaged();
  absl::Status WriteLeftOut(Manifest next);
  Manifest WithoutFound() const;
  void FindDamage();
  absl::Status TendRestoring();
  void BeginRestoring(RepairPlan plan);
  absl::Status EndRestoring();
  absl::Status DropEmptied();
  void Adopt(Manifest manifest);
  absl::Status MoveTo(Manifest manifest);
  absl::Status PutOff(std::string_view what, const absl::Status& why, SteadyTime& until);

  const ShardSetOptions options_;
  const Clock& clock_;
  Manifest manifest_;
  std::unique_ptr<ShardWriter> writer_;
  int64_t last_sequence_ = 0;  // of the writer, since last_change_
  SteadyTime last_change_;
  SteadyTime no_freezing_before_;
  SteadyTime no_sealing_before_;
  SteadyTime no_restoring_before_;
  const std::function<bool()> looks_whether_to_stop_ = [this] { return stopping_.load(); };
  std::atomic<bool> stopping_{false};
  std::vector<FoundDamage> found_;      // not left out yet
  std::unique_ptr<Restorer> restorer_;  // of a round; when one has restored nothing, all is there
  int64_t restored_in_round_ = 0;
  int64_t restored_ = 0;
  bool recheck_ = false;     // when all is restored, originals are found again: what a damaged shard said is unknown
  bool rechecking_ = false;  // that is being done
  std::string recheck_cursor_;
  Expiry expiry_;
  Sealer sealer_;
  ShardVerifier verifier_;
};

}  // namespace broadsheet::ingest
