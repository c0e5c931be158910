#include "common/base/executor.h"

#include <algorithm>
#include <utility>

namespace broadsheet {
namespace {

// Of the task that the thread runs.
thread_local Lane running_lane = Lane::kLight;

}  // namespace

Executor::Executor(int threads, size_t capacity)
    : capacity_(capacity),
      heavy_capacity_(std::max<size_t>(1, capacity * 3 / 4)),
      most_heavy_(std::max(1, threads - 1)) {
  threads_.reserve(threads);
  for (int i = 0; i < threads; ++i)
    threads_.emplace_back([this] { Work(); });
}

Executor::~Executor() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_)
    thread.join();
}

bool Executor::TrySubmit(std::function<void()> task, Lane lane) {
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || light_.size() + heavy_.size() >= capacity_) return false;
    if (lane == Lane::kHeavy && heavy_.size() >= heavy_capacity_) return false;
    (lane == Lane::kHeavy ? heavy_ : light_).push_back(std::move(task));
  }
  ready_.notify_one();
  return true;
}

bool Executor::TryBecomeHeavy() {
  if (running_lane == Lane::kHeavy) return true;
  std::lock_guard lock(mutex_);
  // Those that wait came first.
  if (heavy_running_ >= most_heavy_ || !heavy_.empty()) return false;
  ++heavy_running_;
  running_lane = Lane::kHeavy;
  return true;
}

size_t Executor::queued() const {
  std::lock_guard lock(mutex_);
  return light_.size() + heavy_.size();
}

std::function<void()> Executor::TakeLocked(Lane& lane) {
  const bool may_take_heavy = MayTakeHeavyLocked();
  const bool heavy = may_take_heavy && (light_.empty() || passed_over_ >= kLightBeforeHeavy);
  lane = heavy ? Lane::kHeavy : Lane::kLight;
  passed_over_ = may_take_heavy && !heavy ? passed_over_ + 1 : 0;
  heavy_running_ += heavy;
  auto& queue = heavy ? heavy_ : light_;
  std::function<void()> task = std::move(queue.front());
  queue.pop_front();
  return task;
}

void Executor::Work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ready_.wait(lock, [this] { return stopping_ || !light_.empty() || MayTakeHeavyLocked(); });
    // At the end, heavy tasks that may not run yet are left to the threads that run others.
    if (light_.empty() && !MayTakeHeavyLocked()) return;
    std::function<void()> task = TakeLocked(running_lane);
    lock.unlock();
    task();
    task = nullptr;  // what it holds may take long to free
    lock.lock();
    if (running_lane != Lane::kHeavy) continue;
    --heavy_running_;
    if (!heavy_.empty()) ready_.notify_one();
  }
}

}  // namespace broadsheet
