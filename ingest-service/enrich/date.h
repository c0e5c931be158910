#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace broadsheet::ingest {

// What became of a date in words: an instant, or the reason why there is none.
struct ReadDate {
  std::optional<absl::Time> time;
  std::string reason;
};

// Reads a date as news write it: RFC 3339, RFC 822 and 1123, "26-FEB-1987 15:01:01.79", "June 21, 2025 10:30 PM ET",
// "21. Juni 2025, 10:30 Uhr", "21 de junio de 2025", "2025年6月21日 10時30分", Unix seconds, milli- and microseconds.
// - Month names come from ICU for the languages in date_words.cc.
// - No time means midnight, no zone or an unknown one means UTC. A zone name that several places use is read as the
// news
//   agencies do: EST, CST, MST, PST American, IST Indian, BST British, AST Atlantic, GST of the Gulf.
// - "03/04/2025" has two readings and is none, unless one is impossible; with dots the day comes first.
// - Two digits of a year are the century's before `received` and one year on.
// - Words after the date are left aside; a second date is not looked at.
// - Before the year 1600, or more than a day after `received`: not believed. Days that do not exist: neither.
// Thread-safe.
ReadDate ReadDateWords(std::string_view words, absl::Time received);

// The same for a line that may hold nothing but a date: empty for any other, without a reason.
std::optional<absl::Time> ReadDateLine(std::string_view line, absl::Time received);

// Whether a line says when and nothing else: a date, a part of one, a time of day.
bool IsDateOrTimeLine(std::string_view line);

// Whether an instant can be a publication's: what the last rule above says. Gives the reason when not.
std::optional<std::string> WhyNotBelieved(absl::Time time, absl::Time received);

}  // namespace broadsheet::ingest
