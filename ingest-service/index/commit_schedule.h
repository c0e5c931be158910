#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

namespace broadsheet::ingest {

// When to commit: at once when nothing more waits to be written, else as seldom as its limits allow, and never sooner
// than `min_interval` after the last commit, so that a reader is not overtaken twice within one search. Times are those
// of a steady clock, given by the caller. Not thread-safe.
class CommitSchedule {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::steady_clock::duration;

  // Under load a commit comes `max_interval` after the first event it holds, or when it holds `max_bytes`.
  CommitSchedule(Duration min_interval, Duration max_interval, size_t max_bytes);

  // Something was written.
  void Added(Time now, size_t bytes);

  // It was committed, just now.
  void Committed(Time now);

  // It was dropped.
  void Dropped();

  // When to commit what is written, if any: a time not after now means at once. `idle`: nothing more waits.
  std::optional<Time> Due(bool idle) const;

  // Whether nothing should be written before the next commit.
  bool full() const { return bytes_ >= max_bytes_; }

 private:
  const Duration min_interval_;
  const Duration max_interval_;
  const size_t max_bytes_;
  std::optional<Time> first_added_;
  std::optional<Time> last_commit_;
  size_t bytes_ = 0;
};

}  // namespace broadsheet::ingest
