#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"

namespace broadsheet::ingest {

// A day that the path of a URL names.
struct DayInUrl {
  absl::CivilDay day;
  std::string words;  // as it stands there: "/2025/06/21/"
};

// The day in the path of a URL, year first: "/2025/06/21/", "/2025/jun/21/", "/2025-06-21-", "/20250621/". Empty when
// there is none or it does not exist. Thread-safe.
std::optional<DayInUrl> FindDayInUrl(std::string_view url);

}  // namespace broadsheet::ingest
