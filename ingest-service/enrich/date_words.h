#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "ingest/enrich/date_text.h"

// The vocabulary of dates over all languages that are read. A word may mean different things in different languages
// ("mar", "am", "o"), so the caller asks whether it means one thing. Thread-safe.
namespace broadsheet::ingest {

enum class DateWord {
  kMonth,        // 1 to 12
  kHijriMonth,   // 1 to 12, of the Islamic calendar
  kWeekday,      // 0 for Sunday to 6; -1: it depends on the language
  kFiller,       // says nothing beside a date: "on", "de", "published"
  kAnotherDate,  // another date follows: "updated"
  kBeforeNoon,   // "am", 午前
  kAfterNoon,    // "pm", 午後
  kNoon,         // twelve o'clock
  kClock,        // a time of day follows: "um", "alle", "ore"
  kHour,         // after hours: "uhr", "h", "heures", 時
  kMinute,       // after minutes: "min", 分
  kSecond,       // after seconds: 秒
  kYear,         // after years: 年
  kMonthNumber,  // after the number of a month: 月
  kDay,          // after days: 日
  kHalf,         // half past: 半
  kEra,          // the year before its first: 2018 for Reiwa
  kFirstYear,    // the first year of an era: 元
  kDayOffset,    // 0 today, -1 yesterday, -2 the day before
  kNow,          // just now
  kAgoBefore,    // before an age: "vor", "il y a"
  kAgoAfter,     // after an age: "ago", 前
  kSeconds,      // units of an age
  kMinutes,
  kHours,
  kDays,
  kLongAge,     // weeks, months and years: too vague for a date
  kNumber,      // 1 to 12 in words, as an age has them
  kTwoMinutes,  // Arabic duals
  kTwoHours,
  kTwoDays,
};

struct FoundWord {
  int value = 0;
  size_t tokens = 0;  // how many it takes
};

// The longest words at the beginning of `tokens` that mean this.
std::optional<FoundWord> FindWord(std::span<const DateToken> tokens, DateWord meaning);

}  // namespace broadsheet::ingest
