#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "ingest/enrich/day_order.h"

namespace broadsheet::ingest {

// A day that the path of a URL names.
struct DayInUrl {
  absl::CivilDay day;
  std::string words;  // as it stands there: "/2025/06/21/"
};

// The day in the path of a URL: "/2025/06/21/", "/2025/jun/21/", "/2025-06/21/", "/2025-06-21-", "/20250621/",
// "-21-06-2025", "_21.06.2025". `order` is asked when the year comes last and both others may be the month; with dots
// the day comes first. Empty when there is none, it stays open or does not exist. Thread-safe.
std::optional<DayInUrl> FindDayInUrl(std::string_view url, DayOrder order);

}  // namespace broadsheet::ingest
