#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace broadsheet::search {

// The IANA time zone of that name ("Asia/Tokyo"), from the machine's own data; UTC for an empty one. INVALID_ARGUMENT
// on `path` for one that is not known.
absl::StatusOr<absl::TimeZone> ParseTimeZone(const std::string& name, const std::string& path);

}  // namespace broadsheet::search
