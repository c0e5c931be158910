#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/ingest.pb.h"
#include "common/base/clock.h"
#include "common/base/executor.h"
#include "ingest/archive/archive.h"
#include "ingest/archive/archive_writer.h"
#include "ingest/archive/disk_guard.h"
#include "ingest/enrich/enriched_article.h"

namespace broadsheet::ingest {

struct IntakeOptions {
  size_t max_articles = 512;     // in flight over all lanes
  size_t max_bytes = 64 << 20;   // of them as sent; the one that crosses it is still taken
  size_t lane_articles = 64;     // in flight in one lane
  size_t lane_bytes = 16 << 20;  // of them as sent; the one that crosses it is still taken
};

// What the pipeline does before the archive. Called on worker threads, so they must be thread-safe.
struct IntakeStages {
  // The stages from the raw article to the enriched one.
  std::function<std::variant<EnrichedArticle, Rejection>(const v1::RawArticle&)> prepare;
  // The key and time of a deletion, its URL in canonical form.
  std::function<std::variant<DeletionRecord, Rejection>(const v1::Deletion&)> prepare_deletion;
};

// The counts since the start and what is under way.
struct IntakeState {
  size_t articles_in_flight = 0;
  size_t bytes_in_flight = 0;
  std::array<int64_t, v1::Outcome_ARRAYSIZE> outcomes{};  // by v1::Outcome
};

// What an article would become; nothing is written.
struct IntakePreview {
  std::optional<v1::Article> article;  // none when it would be rejected
  v1::IngestResult result;
  std::vector<v1::Edit> edits;
};

// The way from a call to the archive: admits operations while there is room, runs the stages on the executor, and hands
// them to the writer in the order in which their lane received them. Lanes that wait take turns, and an eighth of the
// room is kept for lanes with nothing in flight, so that streams cannot shut out a single call. Thread-safe.
class Intake {
 public:
  using Operation = std::variant<v1::RawArticle, v1::Deletion>;
  // A durable result, or UNAVAILABLE when the archive failed and nothing is known. After such a failure the order
  // within a lane is not kept.
  using Done = std::function<void(absl::StatusOr<v1::IngestResult>)>;

  class Lane;

  // All must outlive it. `executor` needs room for max_articles waiting tasks; it may be shared only if it stays free.
  Intake(Archive& archive, ArchiveWriter& writer, DiskGuard& disk, Executor& executor, const Clock& clock,
         IntakeStages stages, const IntakeOptions& options = {});

  // Refuses what is new and waits until what is under way has its result.
  ~Intake();

  Intake(const Intake&) = delete;
  Intake& operator=(const Intake&) = delete;

  // A lane of its own order and share of the room: one stream, one batch or one unary call.
  std::unique_ptr<Lane> OpenLane();

  // Runs the stages and the decision on the calling thread.
  absl::StatusOr<IntakePreview> Preview(const v1::RawArticle& raw);

  // From now on every submission is refused with UNAVAILABLE (reason STOPPING); what is under way goes on. Calls the
  // waiting callbacks so that their lanes learn of it.
  void Stop();

  // Why writing is refused now (disk nearly full, stopping); OK when it is not. Being busy is no refusal.
  absl::Status Accepting();

  IntakeState state() const;

  // Whether TrySubmit refused only because there is no room now.
  static bool IsBusy(const absl::Status& status);

 private:
  struct LaneState;
  struct Slot;

  absl::Status TrySubmit(const std::shared_ptr<LaneState>& lane, Operation& operation, Done done);
  void OnRoom(const std::shared_ptr<LaneState>& lane, std::function<void()> callback);
  void CloseLane(const std::shared_ptr<LaneState>& lane);

  bool LaneHasRoom(const LaneState& lane) const;
  bool AllHaveRoom(const LaneState& lane) const;
  void Prepare(const std::shared_ptr<LaneState>& lane, const std::shared_ptr<Slot>& slot);
  Record Run(const Operation& operation) const;
  void Forward(const std::shared_ptr<LaneState>& lane);
  void Finish(const std::shared_ptr<LaneState>& lane, const std::shared_ptr<Slot>& slot,
              absl::StatusOr<v1::IngestResult> result);
  void Release(const std::shared_ptr<LaneState>& lane, size_t bytes);
  void WakeWaiters();

  Archive& archive_;
  ArchiveWriter& writer_;
  DiskGuard& disk_;
  Executor& executor_;
  const Clock& clock_;
  const IntakeStages stages_;
  const IntakeOptions options_;

  mutable std::mutex mutex_;
  std::condition_variable idle_;
  size_t articles_ = 0;
  size_t bytes_ = 0;
  size_t grants_ = 0;     // of articles_ to come: room kept for lanes whose callback runs
  size_t finishing_ = 0;  // threads inside Finish
  bool waking_ = false;   // a thread is calling waiting callbacks
  bool stopping_ = false;
  std::deque<std::shared_ptr<LaneState>> waiting_;  // lanes that wait for room of all, in the order they began to
  std::array<std::atomic<int64_t>, v1::Outcome_ARRAYSIZE> outcomes_{};
};

// One order of operations. Methods may be called from any thread, TrySubmit from one at a time. After its destruction
// no waiting callback begins, but operations already taken go on and their `done` is called. Must not outlive Intake.
class Intake::Lane {
 public:
  ~Lane();

  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  // Takes `operation` (moved from) and returns OK; `done` then comes once, from the archive's writer thread, in the
  // lane's order, and must not block. Or refuses at once and leaves `operation` as it is: RESOURCE_EXHAUSTED with
  // RetryInfo when there is no room (IsBusy) or the disk is nearly full, UNAVAILABLE when stopping.
  absl::Status TrySubmit(Operation& operation, Done done);

  // For lanes that wait instead of refusing, after a busy TrySubmit: calls `callback` once, when the lane's turn has
  // come, maybe before this returns, maybe on the writer's thread. Room for one operation is kept for this lane until
  // the callback returns; so it should submit there, and ask again when it wants to go on. Lanes take turns.
  void OnRoom(std::function<void()> callback);

 private:
  friend class Intake;
  Lane(Intake& intake, std::shared_ptr<LaneState> state);

  Intake& intake_;
  const std::shared_ptr<LaneState> state_;
};

}  // namespace broadsheet::ingest
