#include "ingest/index/visibility.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"

namespace broadsheet::ingest {
namespace {

// A far deadline is cut to a day, a past one to now: the steady clock cannot hold "never".
std::chrono::steady_clock::time_point ToSteady(absl::Time deadline) {
  absl::Duration left = std::clamp(deadline - absl::Now(), absl::ZeroDuration(), absl::Hours(24));
  return std::chrono::steady_clock::now() + absl::ToChronoMicroseconds(left);
}

}  // namespace

Visibility::Visibility(int64_t sequence) : sequence_(sequence), thread_([this] { Run(); }) {}

Visibility::~Visibility() {
  Close();
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Visibility::Publish(int64_t sequence) {
  {
    std::lock_guard lock(mutex_);
    sequence_ = std::max(sequence_, sequence);
  }
  changed_.notify_all();
}

int64_t Visibility::sequence() const {
  std::lock_guard lock(mutex_);
  return sequence_;
}

void Visibility::CallWhenVisible(int64_t sequence, absl::Time deadline, std::function<void(bool)> done) {
  {
    std::lock_guard lock(mutex_);
    waiters_.emplace(ToSteady(deadline), Waiter{sequence, std::move(done)});
  }
  changed_.notify_all();
}

void Visibility::Close() {
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

size_t Visibility::waiters() const {
  std::lock_guard lock(mutex_);
  return waiters_.size();
}

Visibility::Answers Visibility::TakeAnswers(SteadyTime now) {
  Answers answers;
  for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
    bool visible = waiter->second.sequence <= sequence_;
    if (visible || closed_ || waiter->first <= now) {
      answers.emplace_back(std::move(waiter->second.done), visible);
      waiter = waiters_.erase(waiter);
    } else {
      ++waiter;
    }
  }
  return answers;
}

void Visibility::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    Answers answers = TakeAnswers(std::chrono::steady_clock::now());
    if (!answers.empty()) {
      lock.unlock();
      for (auto& [done, visible] : answers)
        done(visible);
      answers.clear();
      lock.lock();
    } else if (stopping_) {
      return;
    } else if (waiters_.empty()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, waiters_.begin()->first);
    }
  }
}

}  // namespace broadsheet::ingest
