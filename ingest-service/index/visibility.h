#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/time.h"

namespace broadsheet::ingest {

// Who waits for a sequence to become visible. Callbacks run on a thread of its own, never on the one that publishes or
// asks, and never under a lock; they must not block. Thread-safe.
class Visibility {
 public:
  explicit Visibility(int64_t sequence);

  // Answers everyone who still waits with false.
  ~Visibility();

  Visibility(const Visibility&) = delete;
  Visibility& operator=(const Visibility&) = delete;

  // Everything up to `sequence` can be found now.
  void Publish(int64_t sequence);

  int64_t sequence() const;

  // Calls `done` exactly once: with true as soon as `sequence` is visible, with false at `deadline` or at the end.
  void CallWhenVisible(int64_t sequence, absl::Time deadline, std::function<void(bool visible)> done);

  // Answers everyone who waits, now and from now on, with whether their sequence is visible already.
  void Close();

  size_t waiters() const;

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Waiter {
    int64_t sequence;
    std::function<void(bool)> done;
  };
  using Answers = std::vector<std::pair<std::function<void(bool)>, bool>>;

  void Run();
  Answers TakeAnswers(SteadyTime now);  // under mutex_

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int64_t sequence_;
  bool closed_ = false;
  bool stopping_ = false;
  std::multimap<SteadyTime, Waiter> waiters_;  // by deadline
  std::thread thread_;
};

}  // namespace broadsheet::ingest
