#include "ingest/enrich/date_reader.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "ingest/enrich/date_words.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kMostTokens = 64;

// Marks of Chinese, Japanese and Korean days of the week and halves of the day.
constexpr std::string_view kCjkFillers =
    "月火水木金土日曜星期週周一二三四五六天요월화수목금토일午前後上下오전후発表公開更新";

bool IsCjkLead(char c) {
  return static_cast<unsigned char>(c) >= 0xE3 && static_cast<unsigned char>(c) <= 0xED;
}

bool IsWordByte(char c) {
  return absl::ascii_isalpha(c) || (static_cast<signed char>(c) < 0 && !IsCjkLead(c));
}

bool OneOf(std::string_view text, std::initializer_list<std::string_view> choices) {
  return std::find(choices.begin(), choices.end(), text) != choices.end();
}

bool IsOrdinal(std::string_view text) {
  return OneOf(text, {"st", "nd", "rd", "th", "er", "re", "o", "a", "eme"});
}

// Words after which another date follows.
bool BeginsAnotherDate(std::string_view word) {
  return OneOf(word, {"updated", "modified", "aktualisiert", "actualizado", "update", "aggiornato", "maj"});
}

size_t TokenEnd(std::string_view text, size_t begin) {
  size_t end = begin + 1;
  if (absl::ascii_isdigit(text[begin])) {
    while (end < text.size() && absl::ascii_isdigit(text[end]))
      ++end;
  } else if (IsCjkLead(text[begin])) {
    end = std::min(begin + 3, text.size());
  } else if (IsWordByte(text[begin])) {
    while (end < text.size() && IsWordByte(text[end]))
      ++end;
  }
  return end;
}

}  // namespace

DateReader::DateReader(std::string_view folded, int latest_year) : latest_year_(latest_year) {
  Split(folded);
}

void DateReader::Split(std::string_view folded) {
  bool tight = false;
  for (size_t at = 0; at < folded.size() && tokens_.size() < kMostTokens;) {
    if (absl::ascii_isspace(folded[at])) {
      ++at;
      tight = false;
      continue;
    }
    const size_t end = TokenEnd(folded, at);
    Token token{Kind::kMark, folded.substr(at, end - at), tight, 0};
    if (absl::ascii_isdigit(folded[at])) {
      token.kind = Kind::kNumber;
      for (const char digit : token.text.substr(0, 9))
        token.value = token.value * 10 + (digit - '0');
    } else if (IsWordByte(folded[at]) || IsCjkLead(folded[at])) {
      token.kind = Kind::kWord;
    }
    tokens_.push_back(token);
    at = end;
    tight = true;
  }
}

const DateReader::Token& DateReader::Peek(size_t ahead) const {
  static const Token kNone;
  return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : kNone;
}

bool DateReader::IsNumber(size_t ahead, size_t most_digits) const {
  return Peek(ahead).kind == Kind::kNumber && Peek(ahead).text.size() <= most_digits;
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
        understood_ = understood_ && std::string_view(",.:()[]-/|'\"").find(Peek().text[0]) != std::string_view::npos;
        ++at_;
    }
  }
  if (at_ < tokens_.size()) understood_ = false;
}

void DateReader::ReadNumber() {
  if (ReadNumericDate() || ReadCompactDate() || ReadCjkPart() || ReadClock() || ReadBareHour()) return;
  ReadPlainNumber();
}

// Year first, or three numbers with the same separator.
bool DateReader::ReadNumericDate() {
  const std::string_view separator = Peek(1).text;
  if (has_date() || !OneOf(separator, {"-", "/", "."}) || !Has(3, separator) || !Peek(4).tight) return false;
  if (!IsNumber(0, 4) || !IsNumber(2, 2) || !IsNumber(4, 4) || !Peek(2).tight) return false;
  const Token first = Peek(0), second = Peek(2), third = Peek(4);
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
  if (separator == "." || first == second || first > 12) return;
  if (second <= 12) return Fail("day and month cannot be told apart");
  std::swap(day_, month_);
}

// 20250621, 20250621T101500Z, 20250621101500.
bool DateReader::ReadCompactDate() {
  const std::string_view digits = Peek().text;
  if (has_anything() || (digits.size() != 8 && digits.size() != 12 && digits.size() != 14)) return false;
  const auto number = [](std::string_view text) {
    int value = 0;
    for (const char digit : text)
      value = value * 10 + (digit - '0');
    return value;
  };
  year_ = number(digits.substr(0, 4)), month_ = number(digits.substr(4, 2)), day_ = number(digits.substr(6, 2));
  ++at_;
  std::string_view clock = digits.substr(8);
  if (Has(0, "t") && (Peek(1).text.size() == 4 || Peek(1).text.size() == 6) && Peek(1).kind == Kind::kNumber) {
    clock = Peek(1).text;
    at_ += 2;
  }
  if (clock.empty()) return true;
  SetClock(number(clock.substr(0, 2)), number(clock.substr(2, 2)), clock.size() > 4 ? number(clock.substr(4, 2)) : 0);
  ReadOffset();
  return true;
}

bool DateReader::ReadCjkPart() {
  const std::string_view unit = Peek(1).text;
  const int value = Peek().value;
  if (OneOf(unit, {"年", "년"})) {
    year_ = value;
  } else if (OneOf(unit, {"月", "월"})) {
    month_ = value;
  } else if (OneOf(unit, {"日", "일", "号"})) {
    day_ = value;
  } else if (OneOf(unit, {"時", "时", "시", "点"})) {
    const bool is_afternoon = at_ > 0 && OneOf(tokens_[at_ - 1].text, {"後", "下", "후"});
    SetClock(value + (is_afternoon && value < 12 ? 12 : 0), 0, 0);
  } else if (OneOf(unit, {"分", "분"})) {
    SetClock(hour_, value, 0);
  } else if (OneOf(unit, {"秒", "초"})) {
    SetClock(hour_, minute_, value);
  } else {
    return false;
  }
  at_ += 2;
  return true;
}

// 10:30, 10:30:15.25, 10h30, and with a word behind it 10.30.
bool DateReader::ReadClock() {
  const bool colon = Has(1, ":") && Peek(1).tight && Peek(2).kind == Kind::kNumber && Peek(2).tight;
  const bool french = Has(1, "h") && IsNumber(0, 2) && (day_ || has_anything());
  const bool dotted = Has(1, ".") && IsNumber(0, 2) && IsNumber(2, 2) && Peek(2).text.size() == 2 && Peek(2).tight &&
                      OneOf(Peek(3).text, {"uhr", "am", "pm", "hrs", "a", "p"});
  if (!colon && !french && !dotted) return false;
  if (!IsNumber(0, 2) || (colon && !IsNumber(2, 2))) {
    Fail("no time of day is written so");
    return true;
  }
  const int hour = Peek().value;
  const bool has_minutes = !french || (IsNumber(2, 2) && Peek(2).tight);
  const int minute = has_minutes ? Peek(2).value : 0;
  at_ += has_minutes ? 3 : 2;
  int second = 0;
  if (has_minutes && Has(0, ":") && IsNumber(1, 2)) {
    second = Peek(1).value;
    at_ += 2;
    if ((Has(0, ".") || Has(0, ",")) && Peek(0).tight && Peek(1).kind == Kind::kNumber && Peek(1).tight) {
      absl::Duration unit = absl::Milliseconds(100);
      for (const char digit : Peek(1).text.substr(0, 9)) {
        fraction_ += (digit - '0') * unit;
        unit /= 10;
      }
      at_ += 2;
    }
  }
  SetClock(hour, minute, second);
  ReadMeridiem();
  ReadOffset();
  return true;
}

// 10 pm.
bool DateReader::ReadBareHour() {
  const bool meridiem =
      OneOf(Peek(1).text, {"am", "pm"}) || (OneOf(Peek(1).text, {"a", "p"}) && Has(2, ".") && Has(3, "m"));
  const bool uhr = Has(1, "uhr");
  if (!IsNumber(0, 2) || (!meridiem && !uhr) || has_time_) return false;
  // "am" is German for "on" as well.
  if (Has(1, "am") && IsNumber(2, 2)) return false;
  const int hour = Peek().value;
  ++at_;
  SetClock(hour, 0, 0);
  ReadMeridiem();
  return true;
}

void DateReader::ReadMeridiem() {
  size_t length = 0;
  if (OneOf(Peek().text, {"am", "pm"})) length = 1;
  if (OneOf(Peek().text, {"a", "p"}) && Has(1, ".") && Has(2, "m")) length = 3;
  if (length == 0 || hour_ > 12 || (Has(0, "am") && IsNumber(1, 2))) return;
  const bool afternoon = Peek().text[0] == 'p';
  hour_ = hour_ % 12 + (afternoon ? 12 : 0);
  at_ += length;
}

// +02:00, -0400, +2; the sign stands at the number.
void DateReader::ReadOffset() {
  const bool sign = Has(0, "+") || Has(0, "-");
  if (!sign || !IsNumber(1, 4) || !Peek(1).tight || Peek(1).text.size() == 3) return;
  int hours = Peek(1).value, minutes = 0;
  const int direction = Has(0, "+") ? 1 : -1;
  if (Peek(1).text.size() == 4) {
    minutes = hours % 100, hours /= 100;
    at_ += 2;
  } else if (Has(2, ":") && IsNumber(3, 2)) {
    minutes = Peek(3).value;
    at_ += 4;
  } else {
    at_ += 2;
  }
  if (hours > 15 || minutes > 59) return Fail("no zone is so far from UTC");
  offset_ = direction * (absl::Hours(hours) + absl::Minutes(minutes));
}

void DateReader::ReadPlainNumber() {
  const Token token = Peek();
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
  return std::any_of(tokens_.begin() + at_, tokens_.end(),
                     [](const Token& token) { return token.kind == Kind::kNumber && token.text.size() == 4; });
}

void DateReader::ReadWord() {
  const std::string_view word = Peek().text;
  ++at_;
  if (has_date() && BeginsAnotherDate(word)) {
    stopped_ = true;
    understood_ = false;
    return;
  }
  const int month = MonthOf(word);
  if (month > 0 && !has_date()) return ReadMonth(month);
  if (has_time_ && ZoneOffset(word, absl::CivilSecond()).has_value()) {
    if (zone_.empty()) zone_ = word;
    return ReadOffset();
  }
  const bool known = IsWeekday(word) || IsDateFiller(word) || kCjkFillers.find(word) != std::string_view::npos;
  if (known) return;
  understood_ = false;
  stopped_ = has_date();
}

void DateReader::ReadMonth(int month) {
  const bool may_be_weekday = IsWeekday(tokens_[at_ - 1].text);
  if (month_ && !month_may_be_weekday_ && may_be_weekday) return;
  if (month_ && !month_may_be_weekday_ && *month_ != month) return Fail("it names two months");
  month_ = month;
  month_may_be_weekday_ = may_be_weekday;
}

void DateReader::SetYear(int value, size_t digits) {
  year_ = value;
  if (digits != 2) return;
  const int century = latest_year_ / 100 * 100;
  year_ = century + value <= latest_year_ ? century + value : century - 100 + value;
}

void DateReader::SetClock(int hour, int minute, int second) {
  has_time_ = true;
  hour_ = hour, minute_ = minute, second_ = second;
  const bool midnight = hour == 24 && minute == 0 && second == 0;
  if ((hour > 23 && !midnight) || minute > 59 || second > 60) Fail("there is no such time of day");
}

std::string DateReader::WhyNone() const {
  if (!failure_.empty()) return failure_;
  if (!has_anything()) return "no date was found in it";
  if (!year_) return "it names no year";
  if (!month_) return "it names no month";
  if (!day_) return "it names no day";
  return Time().has_value() ? "" : "there is no such day";
}

std::optional<absl::Time> DateReader::Time() const {
  if (!has_date() || !failure_.empty() || *month_ < 1 || *month_ > 12 || *day_ < 1) return std::nullopt;
  const absl::CivilDay date(*year_, *month_, *day_);
  if (date.month() != *month_) return std::nullopt;  // the day ran over into the next
  const absl::CivilSecond local(*year_, *month_, *day_, hour_, minute_, std::min(second_, 59));
  absl::Duration offset = absl::ZeroDuration();
  if (!zone_.empty()) offset = ZoneOffset(zone_, local).value_or(absl::ZeroDuration());
  if (offset_.has_value()) offset = *offset_;
  return absl::FromCivil(local, absl::UTCTimeZone()) + fraction_ - offset;
}

}  // namespace broadsheet::ingest
