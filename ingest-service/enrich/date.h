#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "ingest/enrich/day_order.h"

namespace broadsheet::ingest {

inline constexpr absl::Duration kFarthestZone = absl::Hours(14);  // ahead of UTC: Kiritimati

// What is known beside the words of a date.
struct DateContext {
  absl::Time received;                // nothing is published more than a day after it
  std::optional<absl::Time> fetched;  // what "3 hours ago" counts from; also bounds dates as `received` does
  OrderOfDay order;                   // of "03/04/2025"
  std::string region;                 // ISO 3166; settles zone names that several places use
  std::vector<absl::CivilDay> days;   // that other sources name, such as the URL: decide between two readings
};

// What became of a date in words: an instant, or the reason why there is none.
struct ReadDate {
  std::optional<absl::Time> time;
  bool day_only = false;  // the words say no time of day: `time` is the beginning of the day in UTC
  std::string reason;
  std::string decided;   // how it was settled what the words leave open; empty when they leave nothing open
  absl::CivilDay day;    // as the words have it: that of `time` in the zone that they name, in UTC when they name none
  bool own_day = false;  // `day` is that of the place: the words say it, and not in UTC
};

// Reads a date as news write it: RFC 3339, RFC 822 and 1123, "26-FEB-1987 15:01:01.79", "June 21, 2025 10:30 PM ET",
// "21. Juni 2025, 10:30 Uhr", "21 de junio de 2025", "2025年6月21日 10時30分", "令和7年6月21日", Arabic with the month
// names of Egypt, the Levant, the Maghreb and the Islamic calendar, Unix seconds, milli- and microseconds; ages such as
// "3 hours ago", "vor 2 Stunden", "hier", "3時間前" when the time of fetching is known.
// - Month and day names come from ICU for 26 locales; the other words are in date_tables.cc, a table a language.
// - No time of day means midnight, no zone or an unknown one means UTC.
// - "03/04/2025" is read by the day of the week it names, by the day another source names, by what would lie in the
//   future, by `order`; else it is none. With dots the day comes first.
// - Two digits of a year are the century's before `received` and one year on.
// - Words after the date are left aside; a second date is not looked at.
// - Not believed: before the year 1600, more than a day after `received` or `fetched`, the zero of Unix clocks (also
//   when a zone moved it). Days that do not exist, ages in weeks, months and years: no date either.
// Linear; thread-safe.
ReadDate ReadDateWords(std::string_view words, const DateContext& context);

// The same for a line that may hold nothing but a date: no time for any other, and then without a reason.
ReadDate ReadDateLine(std::string_view line, const DateContext& context);

// Whether a line says when and nothing else: a date, a part of one, a time of day, an age.
bool IsDateOrTimeLine(std::string_view line);

// Whether an instant can be a publication's: what the last rule above says. Gives the reason when not.
std::optional<std::string> WhyNotBelieved(absl::Time time, const DateContext& context);

}  // namespace broadsheet::ingest
