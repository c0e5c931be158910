#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace broadsheet {

// What a task will cost. Heavy tasks leave a thread to the light ones.
enum class Lane { kLight, kHeavy };

// A fixed set of threads with bounded queues in front of it. Thread-safe. Tasks must not throw.
//
// Heavy tasks run on all threads but one, if there are several, so that a light one never waits for more than other
// light ones. A thread that could take either takes the light one, but passes over no heavy one more than
// kLightBeforeHeavy times, so that neither starves. Within a lane tasks run in the order in which they came.
class Executor {
 public:
  static constexpr int kLightBeforeHeavy = 8;

  // `threads` workers; at most `capacity` tasks wait, of which at most three quarters are heavy. Both at least 1.
  Executor(int threads, size_t capacity);

  // Runs what is queued, then joins the threads.
  ~Executor();

  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // Queues a task. False, at once, when its queue is full or the executor is shutting down.
  [[nodiscard]] bool TrySubmit(std::function<void()> task, Lane lane = Lane::kLight);

  // For the light task that calls it, which finds that it is heavy: whether it may go on where it is, and counts as
  // heavy then until it returns. If not, as many heavy ones run as may: it should end, and be submitted as a heavy one.
  [[nodiscard]] bool TryBecomeHeavy();

  // Tasks that wait for a thread.
  size_t queued() const;

 private:
  void Work();
  bool MayTakeHeavyLocked() const { return !heavy_.empty() && heavy_running_ < most_heavy_; }
  std::function<void()> TakeLocked(Lane& lane);

  const size_t capacity_;
  const size_t heavy_capacity_;
  const int most_heavy_;  // at once
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> light_;
  std::deque<std::function<void()>> heavy_;
  int heavy_running_ = 0;
  int passed_over_ = 0;  // light tasks taken while a heavy one could have been
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace broadsheet
