#include "common/rpc/stream_turns.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "absl/time/clock.h"

namespace broadsheet {
namespace {

constexpr absl::Duration kRefusedDelay = absl::Milliseconds(5);
constexpr absl::Duration kLongestSleep = absl::Seconds(60);

}  // namespace

StreamTurns::StreamTurns(Executor& executor, int at_once)
    : executor_(executor), at_once_(std::max(1, at_once)), thread_([this] { Watch(); }) {}

StreamTurns::~StreamTurns() {
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return running_ == 0; });
  }
  thread_.join();
}

void StreamTurns::Ask(std::shared_ptr<TurnTaker> taker) {
  std::lock_guard lock(mutex_);
  asked_.push_back(std::move(taker));
  DispatchLocked();
}

void StreamTurns::AskAt(absl::Time when, std::weak_ptr<TurnTaker> taker) {
  std::lock_guard lock(mutex_);
  const bool sooner = timers_.empty() || when < timers_.begin()->first;
  timers_.emplace(when, std::move(taker));
  if (sooner) changed_.notify_all();
}

size_t StreamTurns::waiting() const {
  std::lock_guard lock(mutex_);
  return asked_.size();
}

void StreamTurns::DispatchLocked() {
  while (!asked_.empty() && running_ < at_once_) {
    const bool taken = executor_.TrySubmit([this, taker = asked_.front()] { Run(taker); });
    if (!taken) {
      if (!refused_) changed_.notify_all();
      refused_ = true;
      return;
    }
    asked_.pop_front();
    ++running_;
  }
  refused_ = false;
}

void StreamTurns::Run(const std::shared_ptr<TurnTaker>& taker) {
  taker->TakeTurn();
  std::lock_guard lock(mutex_);
  --running_;
  DispatchLocked();
  if (stopping_) changed_.notify_all();
}

// Timers, and turns that the executor had no room for.
void StreamTurns::Watch() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    absl::Duration sleep = refused_ ? kRefusedDelay : kLongestSleep;
    if (!timers_.empty()) sleep = std::min(sleep, timers_.begin()->first - absl::Now());
    if (sleep > absl::ZeroDuration()) changed_.wait_for(lock, absl::ToChronoNanoseconds(sleep));
    if (refused_) DispatchLocked();
    FireTimers(lock);
  }
}

void StreamTurns::FireTimers(std::unique_lock<std::mutex>& lock) {
  const auto due = timers_.upper_bound(absl::Now());
  std::vector<std::weak_ptr<TurnTaker>> takers;
  for (auto timer = timers_.begin(); timer != due; ++timer)
    takers.push_back(std::move(timer->second));
  timers_.erase(timers_.begin(), due);
  lock.unlock();
  for (const auto& weak : takers) {
    if (auto taker = weak.lock()) taker->OnTimer();
  }
  lock.lock();
}

}  // namespace broadsheet
