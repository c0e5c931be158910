#include "common/base/clock.h"

#include "absl/time/clock.h"

namespace broadsheet {

absl::Time SystemClock::Now() const {
  return absl::Now();
}

}  // namespace broadsheet
