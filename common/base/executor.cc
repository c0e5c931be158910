#include "common/base/executor.h"

#include <utility>

#include "common/base/thread_priority.h"

namespace broadsheet {

Executor::Executor(int threads, size_t capacity, int niceness) : capacity_(capacity) {
  threads_.reserve(threads);
  for (int i = 0; i < threads; ++i) {
    threads_.emplace_back([this, niceness] {
      if (niceness > 0) LowerPriority(niceness);
      Work();
    });
  }
}

Executor::~Executor() {
  End();
}

void Executor::End() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (auto& thread : threads_)
    thread.join();
  threads_.clear();
}

bool Executor::TrySubmit(std::function<void()> task) {
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || tasks_.size() >= capacity_) return false;
    tasks_.push_back(std::move(task));
  }
  ready_.notify_one();
  return true;
}

size_t Executor::queued() const {
  std::lock_guard lock(mutex_);
  return tasks_.size();
}

void Executor::Work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ready_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    std::function<void()> task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    task = nullptr;  // what it holds may take long to free
    lock.lock();
  }
}

}  // namespace broadsheet
