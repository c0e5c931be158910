#include "ingest/enrich/date.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/text/unicode.h"
#include "ingest/enrich/date_reader.h"

namespace broadsheet::ingest {
namespace {

constexpr int kEarliestYear = 1600;  // newspapers begin soon after
constexpr absl::Duration kMostAhead = absl::Hours(24);
constexpr size_t kLongestDateLine = 100;

int LatestYear(absl::Time received) {
  return static_cast<int>(absl::ToCivilYear(received, absl::UTCTimeZone()).year()) + 1;
}

// Unix time in seconds, milliseconds or microseconds, told apart by the digits.
std::optional<absl::Time> ReadUnixTime(std::string_view words) {
  int64_t number = 0;
  const bool digits = std::all_of(words.begin(), words.end(), absl::ascii_isdigit);
  if (!digits || !absl::SimpleAtoi(absl::string_view(words.data(), words.size()), &number)) return std::nullopt;
  switch (words.size()) {
    case 9:
    case 10:
      return absl::FromUnixSeconds(number);
    case 13:
      return absl::FromUnixMillis(number);
    case 16:
      return absl::FromUnixMicros(number);
    default:
      return std::nullopt;
  }
}

ReadDate Believed(absl::Time time, absl::Time received) {
  if (auto reason = WhyNotBelieved(time, received)) return {std::nullopt, *std::move(reason)};
  return {time, ""};
}

}  // namespace

std::optional<std::string> WhyNotBelieved(absl::Time time, absl::Time received) {
  if (absl::ToCivilYear(time, absl::UTCTimeZone()).year() < kEarliestYear) {
    return absl::StrCat("before the year ", kEarliestYear);
  }
  if (time > received + kMostAhead) return "more than a day after the article was received";
  return std::nullopt;
}

ReadDate ReadDateWords(std::string_view words, absl::Time received) {
  const std::string folded = FoldForMatch(words);
  if (const auto time = ReadUnixTime(folded)) return Believed(*time, received);
  DateReader reader(folded, LatestYear(received));
  reader.Read();
  const std::optional<absl::Time> time = reader.Time();
  if (!time.has_value()) return {std::nullopt, reader.WhyNone()};
  return Believed(*time, received);
}

std::optional<absl::Time> ReadDateLine(std::string_view line, absl::Time received) {
  if (line.size() > kLongestDateLine) return std::nullopt;
  const std::string folded = FoldForMatch(line);
  DateReader reader(folded, LatestYear(received));
  reader.Read();
  const std::optional<absl::Time> time = reader.all_understood() ? reader.Time() : std::nullopt;
  if (!time.has_value() || WhyNotBelieved(*time, received).has_value()) return std::nullopt;
  return time;
}

bool IsDateOrTimeLine(std::string_view line) {
  if (line.size() > kLongestDateLine) return false;
  const std::string folded = FoldForMatch(line);
  DateReader reader(folded, 0);
  reader.Read();
  return reader.all_understood() && reader.has_anything();
}

}  // namespace broadsheet::ingest
