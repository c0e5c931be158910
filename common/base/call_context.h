#pragma once

#include <algorithm>
#include <atomic>
#include <memory>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace broadsheet {

// What work done for a call must know of its caller: how long it waits, and whether it still does. Copies share the
// cancellation. Thread-safe.
class CallContext {
 public:
  // Work for nobody in particular: no deadline.
  CallContext() = default;
  explicit CallContext(absl::Time deadline) : deadline_(deadline) {}

  absl::Time deadline() const { return deadline_; }
  bool cancelled() const { return cancelled_->load(std::memory_order_relaxed); }
  void Cancel() const { cancelled_->store(true, std::memory_order_relaxed); }

  // The same caller, for work that must be done sooner.
  CallContext Within(absl::Duration time) const {
    CallContext sooner = *this;
    sooner.deadline_ = std::min(deadline_, absl::Now() + time);
    return sooner;
  }

  // Whether the work is for nothing by now.
  bool Expired() const { return cancelled() || absl::Now() >= deadline_; }

 private:
  absl::Time deadline_ = absl::InfiniteFuture();
  std::shared_ptr<std::atomic<bool>> cancelled_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace broadsheet
