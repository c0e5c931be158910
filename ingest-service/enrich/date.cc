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
constexpr size_t kLongestWords = 1000;
constexpr size_t kLongestDateLine = 100;

int LatestYear(absl::Time received) {
  return static_cast<int>(absl::ToCivilYear(received, absl::UTCTimeZone()).year()) + 1;
}

absl::Time Latest(const DateContext& context) {
  return std::min(context.received, context.fetched.value_or(context.received)) + kMostAhead;
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

// What a clock that was never set says: 1970-01-01T00:00Z, or that hour in any zone.
bool IsZeroOfClock(absl::Time time) {
  const absl::Duration since = time - absl::UnixEpoch();
  return since >= -kFarthestZone && since <= kFarthestZone && since % absl::Minutes(15) == absl::ZeroDuration();
}

ReadDate Believed(ReadDate date, const DateContext& context) {
  if (auto reason = WhyNotBelieved(*date.time, context)) return {.reason = *std::move(reason)};
  return date;
}

// Settles a date whose day and month may be either way round. Says how; empty when it stays open.
std::string Settle(const TwoDays& days, const DateContext& context, DateReader& reader) {
  for (const absl::CivilDay day : context.days) {
    if (day != days.day_first && day != days.month_first) continue;
    reader.Decide(day);
    return "as another date says";
  }
  const auto lies_ahead = [&](absl::CivilDay day) {
    return absl::FromCivil(day, absl::UTCTimeZone()) > Latest(context) + kFarthestZone;
  };
  if (lies_ahead(days.day_first) != lies_ahead(days.month_first)) {
    reader.Decide(lies_ahead(days.day_first) ? days.month_first : days.day_first);
    return "the other reading lies in the future";
  }
  if (context.order.order == DayOrder::kUnknown) return "";
  const bool day_first = context.order.order == DayOrder::kDayFirst;
  reader.Decide(day_first ? days.day_first : days.month_first);
  return absl::StrCat(day_first ? "day first, " : "month first, ", context.order.evidence);
}

ReadDate Finish(DateReader& reader, const DateContext& context) {
  ReadDate date;
  if (const auto days = reader.two_days()) date.decided = Settle(*days, context, reader);
  date.day_only = !reader.has_time_of_day();
  std::optional<Moment> moment = reader.Time();
  if (!moment && context.fetched && reader.age()) {
    moment = reader.TimeBefore(*context.fetched);
    date.day_only = reader.age()->whole_days && !reader.has_time_of_day();
    date.decided = absl::StrCat("before the fetch at ",
                                absl::FormatTime("%Y-%m-%dT%H:%MZ", *context.fetched, absl::UTCTimeZone()));
  }
  if (!moment) return {.reason = reader.WhyNone()};
  date.time = moment->time;
  date.day = moment->day;
  date.own_day = moment->own_day;
  return Believed(std::move(date), context);
}

}  // namespace

std::optional<std::string> WhyNotBelieved(absl::Time time, const DateContext& context) {
  if (absl::ToCivilYear(time, absl::UTCTimeZone()).year() < kEarliestYear) {
    return absl::StrCat("before the year ", kEarliestYear);
  }
  if (IsZeroOfClock(time)) return "the zero of a computer's clock";
  if (time > context.received + kMostAhead) return "more than a day after the article was received";
  if (time > Latest(context)) return "more than a day after the article was fetched";
  return std::nullopt;
}

ReadDate ReadDateWords(std::string_view words, const DateContext& context) {
  const std::string folded = FoldDate(TruncateUtf8(words, kLongestWords));
  if (const auto time = ReadUnixTime(folded)) {
    return Believed({.time = time, .day = absl::ToCivilDay(*time, absl::UTCTimeZone())}, context);
  }
  DateReader reader(folded, LatestYear(context.received), context.region);
  reader.Read();
  return Finish(reader, context);
}

ReadDate ReadDateLine(std::string_view line, const DateContext& context) {
  if (line.size() > kLongestDateLine) return {};
  const std::string folded = FoldDate(line);
  DateReader reader(folded, LatestYear(context.received), context.region);
  reader.Read();
  ReadDate date = reader.all_understood() ? Finish(reader, context) : ReadDate{};
  return date.time ? date : ReadDate{};
}

bool IsDateOrTimeLine(std::string_view line) {
  if (line.size() > kLongestDateLine) return false;
  const std::string folded = FoldDate(line);
  DateReader reader(folded, 0, "");
  reader.Read();
  return reader.all_understood() && reader.has_anything();
}

}  // namespace broadsheet::ingest
