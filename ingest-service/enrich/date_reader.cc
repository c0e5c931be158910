#include "ingest/enrich/date_reader.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "ingest/enrich/hijri.h"
#include "ingest/enrich/zone_names.h"

namespace broadsheet::ingest {
namespace {

using Kind = DateToken::Kind;
using enum DateWord;

bool OneOf(std::string_view text, std::initializer_list<std::string_view> choices) {
  return std::find(choices.begin(), choices.end(), text) != choices.end();
}

bool IsOrdinal(std::string_view text) {
  return OneOf(text, {"st", "nd", "rd", "th", "er", "ere", "re", "o", "a", "eme", "º", "ª"});
}

int NumberOf(std::string_view digits) {
  int value = 0;
  for (const char digit : digits)
    value = value * 10 + (digit - '0');
  return value;
}

std::optional<absl::CivilDay> MakeDay(int year, int month, int day) {
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const absl::CivilDay date(year, month, day);
  if (date.month() != month) return std::nullopt;  // the day ran over into the next
  return date;
}

// 0 is Sunday.
bool FallsOn(absl::CivilDay day, int weekday) {
  return (static_cast<int>(absl::GetWeekday(day)) + 1) % 7 == weekday;
}

}  // namespace

DateReader::DateReader(std::string_view folded, int latest_year, std::string_view region)
    : latest_year_(latest_year), region_(region), tokens_(SplitDate(folded)) {}

const DateToken& DateReader::Peek(size_t ahead) const {
  static const DateToken kNone;
  return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : kNone;
}

std::span<const DateToken> DateReader::Rest(size_t ahead) const {
  return std::span(tokens_).subspan(std::min(at_ + ahead, tokens_.size()));
}

bool DateReader::IsNumber(size_t ahead, size_t most_digits) const {
  const DateToken& token = Peek(ahead);
  const bool is_han = token.kind == Kind::kNumber && (token.text[0] < '0' || token.text[0] > '9');
  return token.kind == Kind::kNumber && (is_han || token.text.size() <= most_digits);
}

void DateReader::Fail(std::string reason) {
  if (failure_.empty()) failure_ = std::move(reason);
  stopped_ = true;
}

void DateReader::Read() {
  while (at_ < tokens_.size() && !stopped_) {
    switch (Peek().kind) {
      case Kind::kNumber:
        ReadNumber();
        break;
      case Kind::kWord:
        ReadWord();
        break;
      case Kind::kMark:
        understood_ = understood_ && OneOf(Peek().text, {",", ".", ":", "(", ")", "[", "]", "-", "/", "|", "'", "\"",
                                                         "·", "•", ";", "*", "、", "。", "@"});
        ++at_;
    }
  }
  if (at_ < tokens_.size()) understood_ = false;
}

void DateReader::ReadNumber() {
  if (ReadAge() || ReadNumericDate() || ReadCompactDate() || ReadClock() || ReadUnit() || ReadBareHour()) return;
  ReadPlainNumber();
}

// Year first, or three numbers with the same separator; spaces round it when one of them is a year in full.
bool DateReader::ReadNumericDate() {
  const std::string_view separator = Peek(1).text;
  if (has_date() || !OneOf(separator, {"-", "/", "."}) || !Has(3, separator)) return false;
  if (!IsNumber(0, 4) || !IsNumber(2, 2) || !IsNumber(4, 4)) return false;
  const DateToken first = Peek(0), second = Peek(2), third = Peek(4);
  const bool tight = Peek(1).tight && second.tight && Peek(3).tight && third.tight;
  const bool has_full_year = first.text.size() == 4 || third.text.size() == 4;
  if (!tight && (separator == "-" || !has_full_year)) return false;
  if (first.text.size() == 4 && third.text.size() <= 2) {
    year_ = first.value, month_ = second.value, day_ = third.value;
  } else if (first.text.size() <= 2 && (third.text.size() == 4 || third.text.size() == 2)) {
    SetDayAndMonth(first.value, second.value, separator);
    SetYear(third.value, third.text.size());
    if (third.text.size() == 2 && separator == "-") Fail("it cannot be told which of the numbers is the year");
  } else {
    return false;
  }
  at_ += 5;
  if (Has(0, "t") && Peek().tight) ++at_;
  return true;
}

void DateReader::SetDayAndMonth(int first, int second, std::string_view separator) {
  day_ = first, month_ = second;
  if (second > 12 && first <= 12) std::swap(day_, month_);
  undecided_ = separator != "." && first != second && first <= 12 && second <= 12;
}

// 20250621, 20250621T101500Z, 20250621101500.
bool DateReader::ReadCompactDate() {
  const std::string_view digits = Peek().text;
  if (has_anything() || (digits.size() != 8 && digits.size() != 12 && digits.size() != 14)) return false;
  if (digits[0] < '0' || digits[0] > '9') return false;  // Han numerals
  year_ = NumberOf(digits.substr(0, 4)), month_ = NumberOf(digits.substr(4, 2)), day_ = NumberOf(digits.substr(6, 2));
  ++at_;
  std::string_view clock = digits.substr(8);
  if (Has(0, "t") && (Peek(1).text.size() == 4 || Peek(1).text.size() == 6) && Peek(1).kind == Kind::kNumber) {
    clock = Peek(1).text;
    at_ += 2;
  }
  if (clock.empty()) return true;
  SetClock(NumberOf(clock.substr(0, 2)), NumberOf(clock.substr(2, 2)),
           clock.size() > 4 ? NumberOf(clock.substr(4, 2)) : 0);
  ReadOffset();
  return true;
}

// A number with its unit behind it: 2025年, 6月, 21日.
bool DateReader::ReadUnit() {
  const int value = Peek().value;
  if (Peek(1).kind != Kind::kWord || has_date()) return false;
  if (Follows(kYear, 1)) {
    SetYear(value, Peek().text.size() == 2 && value < 100 ? 2 : 4);
  } else if (Follows(kMonthNumber, 1)) {
    month_ = value;
  } else if (Follows(kDay, 1)) {
    day_ = value;
  } else {
    return false;
  }
  at_ += 2;
  return true;
}

void DateReader::ReadPlainNumber() {
  const DateToken token = Peek();
  ++at_;
  if (has_date()) {
    const bool is_clock = token.text.size() == 4 && !has_time_ && token.value / 100 < 24 && token.value % 100 < 60;
    if (is_clock) return SetClock(token.value / 100, token.value % 100, 0);
    understood_ = false;
    stopped_ = true;
  } else if (token.text.size() == 4 && !year_) {
    SetYear(token.value, 4);
  } else if (token.text.size() <= 2 && !day_) {
    day_ = token.value;
    if (IsOrdinal(Peek().text) && Peek().tight) ++at_;
  } else if (token.text.size() == 2 && month_ && !year_ && !HasFullYearAhead()) {
    SetYear(token.value, 2);
  } else {
    Fail("it has more numbers than a date");
  }
}

// "June 20-21, 2025": the second number is a day, not a year.
bool DateReader::HasFullYearAhead() const {
  const auto rest = Rest();
  return std::any_of(rest.begin(), rest.end(),
                     [](const DateToken& token) { return token.kind == Kind::kNumber && token.text.size() == 4; });
}

void DateReader::ReadWord() {
  if (const auto another = Find(kAnotherDate); another && has_date()) {
    stopped_ = true;
    understood_ = false;
    return;
  }
  if (ReadAge() || ReadDayOffset() || ReadEra() || ReadShortEra() || ReadHijriMonth() || ReadMonth()) return;
  if (ReadHalfOfDay() || ReadZone() || ReadKnownWord()) return;
  ++at_;
  understood_ = false;
  stopped_ = has_date();
}

bool DateReader::ReadKnownWord() {
  for (const DateWord meaning : {kWeekday, kFiller, kAnotherDate, kClock, kHour}) {
    const auto found = Find(meaning);
    if (!found) continue;
    if (meaning == kWeekday && found->value >= 0) weekday_ = found->value;
    at_ += found->tokens;
    return true;
  }
  return false;
}

bool DateReader::ReadMonth() {
  const auto month = Find(kMonth);
  if (!month || has_date()) return false;
  const auto weekday = Find(kWeekday);
  at_ += month->tokens;
  SetMonth(month->value, weekday.has_value());
  return true;
}

void DateReader::SetMonth(int month, bool may_be_weekday) {
  if (month_ && !month_may_be_weekday_ && may_be_weekday) return;
  if (month_ && !month_may_be_weekday_ && *month_ != month) return Fail("it names two months");
  month_ = month;
  month_may_be_weekday_ = may_be_weekday;
}

// The Gregorian date follows or went before, if there is one.
bool DateReader::ReadHijriMonth() {
  const auto month = Find(kHijriMonth);
  if (!month || has_date()) return false;
  at_ += month->tokens;
  hijri_month_ = month->value;
  hijri_day_ = day_;
  day_.reset();
  while (Has(0, ",") || Has(0, "/"))
    ++at_;
  if (!IsNumber(0, 4)) return true;
  hijri_year_ = Peek().value;
  ++at_;
  return true;
}

// 令和7年, 令和元年, 民國114年.
bool DateReader::ReadEra() {
  const auto era = Find(kEra);
  if (!era || has_date()) return false;
  const auto first_year = Find(kFirstYear, era->tokens);
  const bool has_number = Peek(era->tokens).kind == Kind::kNumber && Peek(era->tokens).value < 1000;
  if (!first_year && !has_number) return false;
  year_ = era->value + (first_year ? 1 : Peek(era->tokens).value);
  at_ += era->tokens + 1;
  if (Follows(kYear, 0)) ++at_;
  return true;
}

// R7.6.21.
bool DateReader::ReadShortEra() {
  const std::string_view letter = Peek().text;
  const int before = letter == "r" ? 2018 : letter == "h" ? 1988 : letter == "s" ? 1925 : 0;
  const std::string_view separator = Peek(2).text;
  if (before == 0 || has_date() || !Peek(1).tight || !OneOf(separator, {".", "/", "-"}) || !Has(4, separator)) {
    return false;
  }
  if (!IsNumber(1, 2) || !IsNumber(3, 2) || !IsNumber(5, 2)) return false;
  year_ = before + Peek(1).value, month_ = Peek(3).value, day_ = Peek(5).value;
  at_ += 6;
  return true;
}

void DateReader::SetYear(int value, size_t digits) {
  year_ = value;
  if (digits != 2) return;
  const int century = latest_year_ / 100 * 100;
  year_ = century + value <= latest_year_ ? century + value : century - 100 + value;
}

std::string DateReader::WhyNone() const {
  if (!failure_.empty()) return failure_;
  if (Time().has_value()) return "";
  if (age_too_vague_ && !has_date()) return "it says only how many weeks, months or years ago";
  if (age()) return "it counts from the time of fetching, which was not given";
  if (!has_anything()) return "no date was found in it";
  if (!year_) return "it names no year";
  if (!month_) return "it names no month";
  if (!day_) return "it names no day";
  if (two_days().has_value()) return "day and month cannot be told apart";
  return "there is no such day";
}

std::optional<TwoDays> DateReader::two_days() const {
  if (!undecided_ || !has_date()) return std::nullopt;
  const auto day_first = MakeDay(*year_, *month_, *day_), month_first = MakeDay(*year_, *day_, *month_);
  if (!day_first || !month_first) return std::nullopt;
  const bool either = !weekday_ || FallsOn(*day_first, *weekday_) == FallsOn(*month_first, *weekday_);
  if (!either) return std::nullopt;
  return TwoDays{*day_first, *month_first};
}

void DateReader::Decide(absl::CivilDay day) {
  month_ = day.month(), day_ = day.day();
  undecided_ = false;
}

std::optional<absl::CivilDay> DateReader::Day() const {
  if (!has_date()) {
    const bool hijri = hijri_year_ && hijri_month_ && hijri_day_;
    return hijri ? DayOfHijri(*hijri_year_, *hijri_month_, *hijri_day_) : std::nullopt;
  }
  const auto day = MakeDay(*year_, *month_, *day_);
  if (!undecided_ || !weekday_ || !day || FallsOn(*day, *weekday_)) return day;
  return MakeDay(*year_, *day_, *month_);
}

std::optional<absl::Duration> DateReader::Offset(absl::CivilSecond local) const {
  if (offset_.has_value() || zone_.empty()) return offset_;
  const auto zone = FindZone(zone_, local, region_);
  return zone ? std::optional(zone->offset) : std::nullopt;
}

Moment DateReader::On(absl::CivilDay day) const {
  const absl::CivilSecond local = absl::CivilSecond(day) + (hour_ * 60 + minute_) * 60 + std::min(second_, 59);
  const std::optional<absl::Duration> offset = Offset(local);
  const absl::Time time = absl::FromCivil(local, absl::UTCTimeZone()) + fraction_;
  return {time - offset.value_or(absl::ZeroDuration()), day, !has_time_ || offset != absl::ZeroDuration()};
}

std::optional<Moment> DateReader::Time() const {
  if (!failure_.empty() || two_days().has_value()) return std::nullopt;
  const auto day = Day();
  return day ? std::optional(On(*day)) : std::nullopt;
}

}  // namespace broadsheet::ingest
