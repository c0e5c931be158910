#include "search/index/caller.h"

#include "common/base/error.h"
#include "common/index/xapian_status.h"

namespace broadsheet::search {

absl::Status CheckCaller(const CallContext& context) {
  if (!context.Expired()) return absl::OkStatus();
  if (context.cancelled() && absl::Now() < context.deadline()) {
    return ErrorWithReason(absl::StatusCode::kCancelled, "CANCELLED", "the caller gave up");
  }
  return ErrorWithReason(absl::StatusCode::kDeadlineExceeded, "DEADLINE", "the deadline passed before the answer");
}

void ThrowUnlessWaiting(const CallContext& context) {
  if (auto waits = CheckCaller(context); !waits.ok()) throw StatusException{waits};
}

}  // namespace broadsheet::search
