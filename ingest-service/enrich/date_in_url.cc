#include "ingest/enrich/date_in_url.h"

#include "absl/strings/ascii.h"
#include "common/text/unicode.h"
#include "ingest/enrich/date_words.h"
#include "ingest/parse/url.h"

namespace broadsheet::ingest {
namespace {

constexpr int kFirstYear = 1990;  // of the web
constexpr int kLastYear = 2100;
constexpr size_t kMostPath = 2048;

bool IsDigit(std::string_view text, size_t at) {
  return at < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[at]));
}

// The number of `fewest` to `most` digits at `at`, no digit after them; moves `at` past it.
std::optional<int> Number(std::string_view text, size_t& at, size_t fewest, size_t most) {
  size_t end = at;
  int value = 0;
  for (; IsDigit(text, end) && end - at <= most; ++end)
    value = value * 10 + (text[end] - '0');
  if (end - at < fewest || end - at > most) return std::nullopt;
  at = end;
  return value;
}

// In digits, or by its English name.
std::optional<int> Month(std::string_view text, size_t& at) {
  if (IsDigit(text, at)) return Number(text, at, 1, 2);
  size_t end = at;
  while (end < text.size() && absl::ascii_isalpha(static_cast<unsigned char>(text[end])))
    ++end;
  const std::string word = FoldDate(text.substr(at, end - at));
  const auto month = FindWord(SplitDate(word), DateWord::kMonth);
  if (!month) return std::nullopt;
  at = end;
  return month->value;
}

std::optional<absl::CivilDay> Day(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1) return std::nullopt;
  const absl::CivilDay date(year, month, day);
  if (date.month() != month) return std::nullopt;
  return date;
}

bool IsSeparator(std::string_view path, size_t at) {
  return at < path.size() && std::string_view("/-_.").find(path[at]) != std::string_view::npos;
}

// "2025/06/21", "2025-jun-21", "2025-06/21" at `at`; `end` is set past it.
std::optional<absl::CivilDay> YearFirst(std::string_view path, size_t at, size_t& end) {
  end = at;
  const auto year = Number(path, end, 4, 4);
  if (!year || !IsSeparator(path, end)) return std::nullopt;
  const char separator = path[end++];
  const auto month = Month(path, end);
  if (!month || !IsSeparator(path, end) || (path[end] != separator && path[end] != '/')) return std::nullopt;
  const bool has_folder = path[end] == '/';
  const auto day = Number(path, ++end, 1, 2);
  // "/2025/06/3-questions" is a month and a title.
  const bool goes_on = end < path.size() && path[end] != '/' && path[end] != '.';
  return !day || (has_folder && goes_on) ? std::nullopt : Day(*year, *month, *day);
}

// "21-06-2025", "21.06.2025" at `at`; `end` is set past it.
std::optional<absl::CivilDay> YearLast(std::string_view path, size_t at, DayOrder order, size_t& end) {
  end = at;
  const auto first = Number(path, end, 1, 2);
  if (!first || !IsSeparator(path, end) || path[end] == '/') return std::nullopt;
  const char separator = path[end];
  const auto second = Number(path, ++end, 1, 2);
  if (!second || end >= path.size() || path[end] != separator) return std::nullopt;
  const auto year = Number(path, ++end, 4, 4);
  if (!year) return std::nullopt;
  const auto day_first = Day(*year, *second, *first);
  const auto month_first = Day(*year, *first, *second);
  if (!day_first || !month_first || day_first == month_first) return day_first ? day_first : month_first;
  if (separator == '.') return day_first;
  if (order == DayOrder::kUnknown) return std::nullopt;
  return order == DayOrder::kDayFirst ? day_first : month_first;
}

// The day that begins at `at`; `end` is set past it.
std::optional<absl::CivilDay> DayAt(std::string_view path, size_t at, DayOrder order, size_t& end) {
  end = at;
  if (const auto compact = Number(path, end, 8, 8)) {
    return Day(*compact / 10'000, *compact / 100 % 100, *compact % 100);
  }
  const auto day = YearFirst(path, at, end);
  return day ? day : YearLast(path, at, order, end);
}

}  // namespace

std::optional<DayInUrl> FindDayInUrl(std::string_view url, DayOrder order) {
  const auto parsed = ParseUrl(url);
  if (!parsed) return std::nullopt;
  const std::string_view path = parsed->path.substr(0, kMostPath);
  for (size_t at = 1; at < path.size(); ++at) {
    const bool begins =
        IsDigit(path, at) && !IsDigit(path, at - 1) && !absl::ascii_isalpha(static_cast<unsigned char>(path[at - 1]));
    if (!begins) continue;
    size_t end = at;
    const auto day = DayAt(path, at, order, end);
    if (!day) continue;
    const size_t begin = at - 1;
    return DayInUrl{*day, std::string(path.substr(begin, std::min(end + 1, path.size()) - begin))};
  }
  return std::nullopt;
}

}  // namespace broadsheet::ingest
