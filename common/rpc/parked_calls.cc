#include "common/rpc/parked_calls.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet {

absl::StatusOr<std::shared_ptr<const void>> ParkedCalls::Enter() {
  if (count_.fetch_add(1, std::memory_order_relaxed) >= capacity_) {
    count_.fetch_sub(1, std::memory_order_relaxed);
    return RetryableError(
        absl::StatusCode::kResourceExhausted, "TOO_MANY_WAITING",
        absl::StrCat("the limit of ", capacity_, " calls that wait is reached; retry after the delay given"),
        absl::Seconds(1));
  }
  return std::shared_ptr<const void>(this, [this](const void*) { count_.fetch_sub(1, std::memory_order_relaxed); });
}

}  // namespace broadsheet
