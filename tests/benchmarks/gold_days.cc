#include "benchmarks/gold_days.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

namespace broadsheet::benchmarks {
namespace {

constexpr std::array kMonths = {"january", "february", "march",     "april",   "may",      "june",
                                "july",    "august",   "september", "october", "november", "december"};
constexpr size_t kShortMonth = 3;
constexpr size_t kSecondsDigits = 10, kMillisecondsDigits = 13;
constexpr int64_t kZones = 14 * 3600;  // seconds that a day begins earlier, or ends later, somewhere on earth

// A number below 100 as it may be written: "6", "06".
std::vector<std::string> Forms(int number) {
  std::vector<std::string> forms = {absl::StrFormat("%02d", number)};
  if (number < 10) forms.push_back(absl::StrCat(number));
  return forms;
}

void AddNumbers(const std::string& year, const std::string& month, const std::string& day,
                std::vector<std::string>& all) {
  for (const char* separator : {"-", "/", ".", ""}) {
    all.push_back(absl::StrCat(year, separator, month, separator, day));
    all.push_back(absl::StrCat(day, separator, month, separator, year));
    all.push_back(absl::StrCat(month, separator, day, separator, year));
  }
}

void AddWords(const std::string& year, const std::string& month, const std::string& day,
              std::vector<std::string>& all) {
  for (const char* dot : {"", "."}) {
    for (const char* end : {"", "st", "nd", "rd", "th"}) {
      for (const char* comma : {" ", ", "})
        all.push_back(absl::StrCat(month, dot, " ", day, end, comma, year));
      for (const char* of : {" ", " of ", "-"})
        all.push_back(absl::StrCat(day, end, of, month, dot, *of == '-' ? "-" : " ", year));
    }
  }
}

std::vector<std::string> FormsOf(absl::CivilDay day) {
  std::vector<std::string> all;
  const std::string year = absl::StrCat(day.year());
  const std::string name = kMonths[static_cast<size_t>(day.month() - 1)];
  for (const std::string& number : Forms(day.day())) {
    for (const std::string& month : Forms(day.month()))
      AddNumbers(year, month, number, all);
    for (const std::string& month : {name, name.substr(0, kShortMonth)})
      AddWords(year, month, number, all);
  }
  return all;
}

bool HasUnixTime(std::string_view page, absl::CivilDay day) {
  const int64_t begin = absl::ToUnixSeconds(absl::FromCivil(day, absl::UTCTimeZone()));
  for (size_t at = 0; at < page.size();) {
    size_t end = at;
    while (end < page.size() && absl::ascii_isdigit(static_cast<unsigned char>(page[end])))
      ++end;
    const size_t digits = end - at;
    int64_t seconds = 0;
    if ((digits == kSecondsDigits || digits == kMillisecondsDigits) &&
        absl::SimpleAtoi(absl::string_view(page.data() + at, kSecondsDigits), &seconds) && seconds >= begin - kZones &&
        seconds < begin + 86'400 + kZones) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

}  // namespace

bool StandsOn(std::string_view page, const std::string& day) {
  absl::CivilDay civil;
  if (!absl::ParseCivilTime(day, &civil)) return false;
  std::string lower = absl::AsciiStrToLower(absl::string_view(page.data(), page.size()));
  const std::vector<std::string> forms = FormsOf(civil);
  return HasUnixTime(page, civil) || std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
           return absl::StrContains(lower, form);
         });
}

}  // namespace broadsheet::benchmarks
