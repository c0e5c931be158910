#pragma once

#include <optional>

#include "absl/time/civil_time.h"

namespace broadsheet::ingest {

// The day of a date in the Islamic calendar of Umm al-Qura, which the Gulf's news use; it may differ by a day from the
// sighted one elsewhere. Empty when there is no such day. Thread-safe.
std::optional<absl::CivilDay> DayOfHijri(int year, int month, int day);

}  // namespace broadsheet::ingest
