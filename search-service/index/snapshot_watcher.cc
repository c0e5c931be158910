#include "search/index/snapshot_watcher.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "common/base/error.h"
#include "search/index/caller.h"

namespace broadsheet::search {
namespace {

constexpr auto kWaitedForInterval = std::chrono::milliseconds(5);
constexpr auto kFollowedInterval = std::chrono::milliseconds(20);
constexpr auto kIdleInterval = std::chrono::milliseconds(250);

// Early enough that the answer reaches the caller before its deadline.
absl::Time LatestAnswer(const CallContext& context) {
  absl::Time now = absl::Now();
  absl::Duration left = std::min(context.deadline() - now, kLongestWait);
  return now + left - std::min(absl::Milliseconds(100), left / 10);
}

}  // namespace

SnapshotWatcher::SnapshotWatcher(ReaderPool& pool,
                                 std::function<void(const absl::Status&, const std::string&)> readable)
    : pool_(pool), readable_(std::move(readable)), thread_([this] { Watch(); }) {}

SnapshotWatcher::~SnapshotWatcher() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
  for (Waiter& waiter : waiters_)
    waiter.done(absl::UnavailableError("the service is stopping"));
}

void SnapshotWatcher::Await(Requirements requirements, const CallContext& context,
                            std::function<void(absl::Status)> done) {
  Waiter waiter{std::move(requirements), LatestAnswer(context), context, std::move(done)};
  absl::Status status;
  {
    std::lock_guard lock(mutex_);
    if (!open_ || !Decided(waiter, status)) {
      waiters_.push_back(std::move(waiter));
      wake_.notify_all();
      return;
    }
  }
  waiter.done(std::move(status));
}

void SnapshotWatcher::Follow(std::function<size_t()> attending, std::function<void()> moved) {
  std::lock_guard lock(mutex_);
  attending_ = std::move(attending);
  moved_ = std::move(moved);
}

Snapshot SnapshotWatcher::latest() const {
  std::lock_guard lock(mutex_);
  return latest_;
}

void SnapshotWatcher::Watch() {
  for (;;) {
    Tell(Look());
    for (Answer& answer : TakeDecided())
      answer.done(std::move(answer.status));
    std::function<void()> moved;
    {
      std::lock_guard lock(mutex_);
      if (stopping_) return;
      if (std::exchange(moved_on_, false)) moved = moved_;
    }
    if (moved) moved();
    Sleep();
    std::lock_guard lock(mutex_);
    if (stopping_) return;
  }
}

void SnapshotWatcher::Sleep() {
  std::unique_lock lock(mutex_);
  if (!waiters_.empty()) {
    wake_.wait_for(lock, kWaitedForInterval, [this] { return stopping_; });
    return;
  }
  const bool followed = attending_ && attending_() > 0;
  wake_.wait_for(lock, followed ? kFollowedInterval : kIdleInterval, [this] { return stopping_ || !waiters_.empty(); });
}

absl::Status SnapshotWatcher::Look() {
  auto reader = pool_.Acquire();
  absl::Status state = reader->Refresh();
  if (absl::IsAborted(state)) return absl::OkStatus();  // overtaken by a commit: it is there, the next look reads it
  std::lock_guard lock(mutex_);
  if (state.ok() && (!open_ || reader->snapshot().identity != latest_.identity)) moved_on_ = true;
  open_ = state.ok();
  if (open_) latest_ = reader->snapshot();
  return state;
}

void SnapshotWatcher::Tell(const absl::Status& state) {
  const std::string left_out = latest().left_out;
  const bool same = state.code() == told_state_.code() && state.message() == told_state_.message();
  if (told_ && same && left_out == told_left_out_) return;
  told_ = true;
  told_state_ = state;
  told_left_out_ = left_out;
  readable_(state, left_out);
}

bool SnapshotWatcher::Decided(const Waiter& waiter, absl::Status& status) const {
  status = CheckRequirements(waiter.requirements, latest_);
  if (open_ && (status.ok() || ReasonOf(status) == "LINEAGE_MISMATCH")) return true;
  if (waiter.context.cancelled()) {
    status = CheckCaller(waiter.context);
    return true;
  }
  return absl::Now() >= waiter.until;
}

std::vector<SnapshotWatcher::Answer> SnapshotWatcher::TakeDecided() {
  std::vector<Answer> answers;
  std::lock_guard lock(mutex_);
  auto waiting = [&](Waiter& waiter) {
    absl::Status status;
    if (!Decided(waiter, status)) return true;
    answers.push_back({std::move(waiter.done), std::move(status)});
    return false;
  };
  auto decided = std::stable_partition(waiters_.begin(), waiters_.end(), waiting);
  waiters_.erase(decided, waiters_.end());
  return answers;
}

}  // namespace broadsheet::search
