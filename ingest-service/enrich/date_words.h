#pragma once

#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

// The vocabulary of dates. Words are folded (FoldForMatch) and have no final period. Thread-safe.
namespace broadsheet::ingest {

// 1 to 12; 0 when the word names no month, or different ones in different languages.
int MonthOf(std::string_view word);

// Whether it names a day of the week.
bool IsWeekday(std::string_view word);

// Whether it is a word that stands beside dates and says nothing: "on", "de", "published", "uhr".
bool IsDateFiller(std::string_view word);

// The offset from UTC of a zone name at a local time; American "ET", "CT", "MT", "PT" follow daylight saving as it was
// then. Empty when it is no zone name.
std::optional<absl::Duration> ZoneOffset(std::string_view name, absl::CivilSecond local);

}  // namespace broadsheet::ingest
