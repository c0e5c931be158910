#include "search/query/days.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace broadsheet::search {
namespace {

constexpr std::string_view kTo = "..";
constexpr Days kAll = {absl::CivilDay(1, 1, 1), absl::CivilDay(9999, 12, 31)};

// The number at the front of `words`, of so many digits.
std::optional<int> TakeNumber(std::string_view& words, size_t digits) {
  const std::string_view number = words.substr(0, digits);
  int value = 0;
  const bool reads = number.size() == digits && std::all_of(number.begin(), number.end(), absl::ascii_isdigit) &&
                     absl::SimpleAtoi(absl::string_view(number.data(), number.size()), &value);
  if (!reads) return std::nullopt;
  words.remove_prefix(digits);
  return value;
}

// "-" and two digits; 0 at the end of the words.
std::optional<int> TakePart(std::string_view& words) {
  if (words.empty()) return 0;
  if (words.front() != '-') return std::nullopt;
  words.remove_prefix(1);
  return TakeNumber(words, 2);
}

// A day, a month or a year.
std::optional<Days> ReadSpan(std::string_view words) {
  const auto year = TakeNumber(words, 4);
  if (!year || *year == 0) return std::nullopt;
  const bool whole_year = words.empty();
  const auto month = TakePart(words);
  const bool whole_month = words.empty();
  const auto number = month ? TakePart(words) : std::nullopt;
  if (!number || !words.empty()) return std::nullopt;
  if (whole_year) return Days{absl::CivilDay(*year), absl::CivilDay(absl::CivilYear(*year) + 1) - 1};
  if (*month < 1 || *month > 12) return std::nullopt;
  const absl::CivilMonth of_year(*year, *month);
  if (whole_month) return Days{absl::CivilDay(of_year), absl::CivilDay(of_year + 1) - 1};
  const absl::CivilDay day(*year, *month, *number);
  return day.month() == *month && day.day() == *number ? std::optional(Days{day, day}) : std::nullopt;
}

std::string Format(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

}  // namespace

std::optional<Days> ReadDays(std::string_view words) {
  const size_t to = words.find(kTo);
  if (to == std::string_view::npos) return ReadSpan(words);
  const std::string_view left = words.substr(0, to), right = words.substr(to + kTo.size());
  const auto first = left.empty() ? kAll : ReadSpan(left);
  const auto last = right.empty() ? kAll : ReadSpan(right);
  if (!first || !last || first->first > last->last || (left.empty() && right.empty())) return std::nullopt;
  return Days{first->first, last->last};
}

std::string WriteDays(const Days& days) {
  const std::string first = Format(days.first), last = Format(days.last);
  for (const size_t size : {size_t{4}, size_t{7}, first.size()}) {
    if (ReadDays(first.substr(0, size)) == days) return first.substr(0, size);
  }
  return absl::StrCat(days.first == kAll.first ? "" : first, std::string(kTo), days.last == kAll.last ? "" : last);
}

}  // namespace broadsheet::search
