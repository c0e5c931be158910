#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "absl/time/time.h"
#include "common/base/executor.h"

namespace broadsheet {

// Something that works in short turns and waits between them without a thread.
class TurnTaker {
 public:
  virtual ~TurnTaker() = default;

  // One turn, on the executor.
  virtual void TakeTurn() = 0;

  // The time asked for by AskAt() has come; on the thread of the turns, so it must be quick.
  virtual void OnTimer() = 0;
};

// Gives turns on an executor to those who ask, in the order in which they asked, a few at a time, so that streams never
// take all threads from short calls. While the executor's queue is full, turns wait. Thread-safe.
class StreamTurns {
 public:
  // `executor` must outlive it. At most `at_once` turns run at a time.
  StreamTurns(Executor& executor, int at_once);

  // Nobody may ask any more, and every turn must have been taken.
  ~StreamTurns();

  StreamTurns(const StreamTurns&) = delete;
  StreamTurns& operator=(const StreamTurns&) = delete;

  // One turn, soon.
  void Ask(std::shared_ptr<TurnTaker> taker);

  // OnTimer at `when`, unless the taker is gone by then.
  void AskAt(absl::Time when, std::weak_ptr<TurnTaker> taker);

  // Those that wait for their turn.
  size_t waiting() const;

 private:
  void DispatchLocked();
  void Run(const std::shared_ptr<TurnTaker>& taker);
  void Watch();
  void FireTimers(std::unique_lock<std::mutex>& lock);

  Executor& executor_;
  const int at_once_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::shared_ptr<TurnTaker>> asked_;  // guarded by mutex_, as what follows
  std::multimap<absl::Time, std::weak_ptr<TurnTaker>> timers_;
  int running_ = 0;
  bool refused_ = false;  // the executor had no room: to be tried again
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace broadsheet
