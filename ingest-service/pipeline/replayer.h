#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <variant>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "broadsheet/v1/ingest.pb.h"
#include "common/base/clock.h"
#include "ingest/archive/archive.h"
#include "ingest/archive/archive_writer.h"
#include "ingest/enrich/enriched_article.h"
#include "ingest/pipeline/intake.h"
#include "ingest/pipeline/replay_change.h"

namespace broadsheet::ingest {

// Tells a replay from outside that it is to end. Thread-safe.
class ReplayStop {
 public:
  void Stop();
  bool stopped() const;

  // Waits, at most so long; true when it is to end.
  bool WaitFor(std::chrono::microseconds time) const;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool stopped_ = false;
};

struct ReplayPlan {
  v1::ReplayFilter filter;
  int64_t after_sequence = 0;    // begin after the event with this sequence
  int64_t through_sequence = 0;  // and end with this one; 0: with the newest there is at the beginning
  bool dry_run = false;
  bool include_unchanged = false;
  int articles_per_second = 0;  // 0: no limit
};

// Makes articles of the archive again by the rules in force, one replay at a time: reads a few that stand, prepares
// them as live ingest does, and hands what differs to the archive's writer, which takes it only if what it was made
// from still stands. Between two articles it gives way to live writes, for a bounded time. Thread-safe.
class Replayer {
 public:
  // The stages from the raw article to the enriched one, as of the time at which the service received it.
  using Prepare = std::function<std::variant<EnrichedArticle, Rejection>(const v1::RawArticle&, absl::Time received)>;

  // Takes one message and the place that it comes to: a plan with these two goes on behind it. False: end.
  using Emit = std::function<bool(v1::ReplayArticlesResponse message, int64_t after, int64_t through)>;

  // All must outlive it.
  Replayer(Archive& archive, ArchiveWriter& writer, Intake& intake, const Clock& clock, Prepare prepare);

  // Takes the one place there is. FAILED_PRECONDITION (REPLAY_RUNNING) when it is taken. Run gives it back.
  absl::Status Claim(bool dry_run);
  void Release();

  // Works on the calling thread until everything in the range was looked at, after a Claim. CANCELLED when it was
  // stopped or `emit` said so; UNAVAILABLE and RESOURCE_EXHAUSTED as Intake::Accepting; NOT_FOUND for an unknown id;
  // errors of the archive.
  absl::Status Run(const ReplayPlan& plan, const ReplayStop& stop, const Emit& emit);

  // The replay that runs, or the last one; without start_time when there was none.
  v1::ReplayState state() const;

 private:
  class Pass;

  Archive& archive_;
  ArchiveWriter& writer_;
  Intake& intake_;
  const Clock& clock_;
  const Prepare prepare_;
  mutable std::mutex mutex_;
  v1::ReplayState state_;
};

}  // namespace broadsheet::ingest
