#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ingest/archive/archive.h"
#include "ingest/archive/boilerplate_store.h"
#include "ingest/clean/learned_lines.h"
#include "ingest/learn/evidence.h"

namespace broadsheet::ingest {

struct LearnerOptions {
  bool enabled = true;  // when not, nothing is learned and no learned line is cut
  EvidenceThreshold threshold;
  int64_t max_lines = 2'000'000;  // counted; then those seen once, longest ago, are forgotten
  int busy_percent = 20;          // of the time that learning may work while it has something to do
  int batch_events = 200;         // of one transaction
};

struct LearnerStatus {
  bool enabled = false;
  int64_t sequence = 0;  // events up to it have been counted
  int64_t version = 0;   // of the lines in force
  int64_t lines = 0;     // counted
  int64_t in_force = 0;
  std::string error;  // why learning has ended; empty while it goes on
};

// Learns from the archive which lines are boilerplate, behind the writers: a thread of its own reads the events after
// the sequence it has reached, in small batches with pauses between them, and publishes the lines in force. It reads
// what is durable only and never holds the archive's lock. An article counts once, as the version that stands: an
// update takes the place of what it updates, a deletion takes it back, copies do not count.
//
// An error ends learning (it is logged, and the status says so); the lines in force stay, and writing goes on.
// Thread-safe.
class Learner {
 public:
  // Loads what was learned and goes on. `archive` must outlive it. Errors of opening boilerplate.db.
  static absl::StatusOr<std::unique_ptr<Learner>> Start(Archive& archive, const LearnerOptions& options);

  // Ends after the batch under way.
  ~Learner();

  Learner(const Learner&) = delete;
  Learner& operator=(const Learner&) = delete;

  // Events up to `sequence` are durable. Never blocks.
  void Notify(int64_t sequence);

  // The lines in force now. Never null.
  std::shared_ptr<const LearnedLines> lines() const;

  LearnerStatus status() const;

  // FAILED_PRECONDITION when learning is not enabled.
  absl::StatusOr<LinePage> List(const LineQuery& query);

  // Waits until everything up to `sequence` is counted, learning has ended, or `timeout` has passed. False in the last
  // two cases.
  bool WaitFor(int64_t sequence, absl::Duration timeout);

 private:
  Learner(Archive& archive, const LearnerOptions& options);
  void Work();
  absl::Status LearnBatch();
  absl::StatusOr<LineChange> ChangeOf(const Event& event);
  absl::Status Publish();

  Archive& archive_;
  const LearnerOptions options_;
  const BoilerplateStore::Judge judge_;
  std::unique_ptr<BoilerplateStore> store_;  // null when not enabled

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<const LearnedLines> lines_;
  int64_t durable_ = 0;
  int64_t reached_ = 0;
  absl::Status error_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace broadsheet::ingest
