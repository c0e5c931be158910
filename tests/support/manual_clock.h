#pragma once

#include <atomic>
#include <cstdint>

#include "absl/time/time.h"
#include "common/base/clock.h"

namespace broadsheet::support {

// A clock that stands where the test puts it. Thread-safe.
class ManualClock : public Clock {
 public:
  explicit ManualClock(absl::Time time = absl::FromUnixSeconds(1'750'000'000)) { Set(time); }

  absl::Time Now() const override { return absl::FromUnixMicros(micros_.load()); }
  void Set(absl::Time time) { micros_ = absl::ToUnixMicros(time); }
  void Advance(absl::Duration by) { micros_ += absl::ToInt64Microseconds(by); }

 private:
  std::atomic<int64_t> micros_{0};
};

}  // namespace broadsheet::support
