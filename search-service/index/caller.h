#pragma once

#include "absl/status/status.h"
#include "common/base/call_context.h"

namespace broadsheet::search {

// OK while the caller waits; CANCELLED or DEADLINE_EXCEEDED once it does not.
absl::Status CheckCaller(const CallContext& context);

}  // namespace broadsheet::search
