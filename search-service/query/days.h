#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"

namespace broadsheet::search {

// Days as a query names them, both ends included.
struct Days {
  absl::CivilDay first;
  absl::CivilDay last;
  bool operator==(const Days&) const = default;
};

// Reads "2025-12-31", "2025-12" and "2025", and from one of them to another: "2025-12-24..2026-01", where either may be
// left out. Nothing when it is none, no such day exists, or it ends before it begins. Pure, thread-safe.
std::optional<Days> ReadDays(std::string_view words);

// The shortest form that ReadDays reads as the same days.
std::string WriteDays(const Days& days);

}  // namespace broadsheet::search
