#pragma once

#include "absl/status/status.h"
#include "common/base/call_context.h"

namespace broadsheet::search {

// OK while the caller waits; CANCELLED or DEADLINE_EXCEEDED once it does not.
absl::Status CheckCaller(const CallContext& context);

// The same, thrown as a StatusException (common/index/xapian_status.h): the way out of a match of the engine.
void ThrowUnlessWaiting(const CallContext& context);

}  // namespace broadsheet::search
