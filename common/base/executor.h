#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace broadsheet {

// A fixed set of threads with one bounded queue in front of it. Tasks run in the order in which they came. Thread-safe.
// Tasks must not throw.
class Executor {
 public:
  // `threads` workers; at most `capacity` tasks wait. Both at least 1. `niceness`: common/base/thread_priority.h.
  Executor(int threads, size_t capacity, int niceness = 0);

  // End().
  ~Executor();

  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // Queues a task. False, at once, when the queue is full or the executor ends.
  [[nodiscard]] bool TrySubmit(std::function<void()> task);

  // Runs what is queued, then joins the threads; what comes later is refused. Not from two threads at a time, nor from
  // a task.
  void End();

  // Tasks that wait for a thread.
  size_t queued() const;

 private:
  void Work();

  const size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> tasks_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace broadsheet
