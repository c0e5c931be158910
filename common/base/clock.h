#pragma once

#include "absl/time/time.h"

namespace broadsheet {

// The time of day, injected so that tests can set it. Thread-safe. Durations are measured with steady_clock, not here.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The machine's own clock.
class SystemClock : public Clock {
 public:
  absl::Time Now() const override;
};

}  // namespace broadsheet
