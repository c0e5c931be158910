#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

namespace broadsheet::ingest {

// When to commit: at once when nothing more waits to be written, else as seldom as its limits allow. Between two
// commits there is a pause, so that a reader is not overtaken twice within one search: `min_interval` under load; when
// nothing more waits, kPauses times what the last commit took, if that is less. A search and a commit both grow with
// the index, so a small one is as fresh as it can be. Times are those of a steady clock, given by the caller. Not
// thread-safe.
class CommitSchedule {
 public:
  static constexpr int kPauses = 2;

  using Time = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::steady_clock::duration;

  // Under load a commit comes `max_interval` after the first event it holds, or when it holds `max_bytes`.
  CommitSchedule(Duration min_interval, Duration max_interval, size_t max_bytes);

  // Something was written.
  void Added(Time now, size_t bytes);

  // It was committed between these times.
  void Committed(Time begin, Time end);

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
  Duration last_duration_{};
  size_t bytes_ = 0;
};

}  // namespace broadsheet::ingest
