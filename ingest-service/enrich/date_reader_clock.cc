#include <algorithm>

#include "ingest/enrich/date_reader.h"
#include "ingest/enrich/zone_names.h"

// Times of day and zones.
namespace broadsheet::ingest {
namespace {

using Kind = DateToken::Kind;
using enum DateWord;

}  // namespace

// How many tokens say that the number before `ahead` is an hour; 0 for none.
size_t DateReader::HourMarkAt(size_t ahead) const {
  const auto mark = Find(kHour, ahead);
  return mark ? mark->tokens : 0;
}

// "10.30 Uhr", "alle 10.30", and after a date "21.06.2025 10.30".
bool DateReader::IsDottedClock() const {
  if (!Has(1, ".") || !IsNumber(0, 2) || !IsNumber(2, 2) || Peek(2).text.size() != 2 || !Peek(2).tight) return false;
  if (HourMarkAt(3) > 0 || Follows(kBeforeNoon, 3) || Follows(kAfterNoon, 3)) return true;
  const bool announced = at_ > 0 && FindWord(std::span(tokens_).subspan(at_ - 1, 1), kClock).has_value();
  return (announced || has_date()) && !has_time_ && !Has(3, ".") && Peek().value < 24 && Peek(2).value < 60;
}

// 10:30, 10:30:15.25, 10h30, 10 Uhr 30, 10時30分, and 10.30 where it is told that it is a time.
bool DateReader::ReadClock() {
  const bool colon = Has(1, ":") && Peek(1).tight && Peek(2).kind == Kind::kNumber && Peek(2).tight;
  const size_t mark = colon || !IsNumber(0, 2) ? 0 : HourMarkAt(1);
  if (!colon && mark == 0 && !IsDottedClock()) return false;
  if (mark == 0 && (!IsNumber(0, 2) || (colon && !IsNumber(2, 2)))) {
    Fail("no time of day is written so");
    return true;
  }
  const int hour = Peek().value;
  const size_t minute_at = mark > 0 ? 1 + mark : 2;
  bool has_minutes = mark == 0 || (IsNumber(minute_at, 2) && Peek(minute_at).value < 60 && !HourMarkAt(minute_at + 1) &&
                                   !Follows(kMonth, minute_at + 1) &&
                                   (Peek(minute_at).text.size() == 2 || Follows(kMinute, minute_at + 1)));
  if (has_minutes && mark > 0 && (Has(minute_at + 1, ".") || Has(minute_at + 1, "/"))) has_minutes = false;  // a date
  int minute = has_minutes ? Peek(minute_at).value : 0, second = 0;
  at_ += has_minutes ? minute_at + 1 : minute_at;
  if (!has_minutes && Follows(kHalf, 0)) {
    minute = 30;
    ++at_;
  }
  if (has_minutes) ReadSeconds(second);
  SetClock(hour, minute, second);
  ReadMeridiem();
  if (HourMarkAt(0) > 0) at_ += HourMarkAt(0);
  ReadOffset();
  return true;
}

// ":15.25", "分15秒", or only the unit of the minutes.
void DateReader::ReadSeconds(int& second) {
  if (const auto unit = Find(kMinute)) {
    at_ += unit->tokens;
    if (IsNumber(0, 2) && Follows(kSecond, 1)) {
      second = Peek().value;
      at_ += 2;
    }
    return;
  }
  if (!Has(0, ":") || !IsNumber(1, 2)) return;
  second = Peek(1).value;
  at_ += 2;
  const bool has_fraction = (Has(0, ".") || Has(0, ",")) && Peek(0).tight && Peek(1).kind == Kind::kNumber;
  if (!has_fraction || !Peek(1).tight) return;
  absl::Duration unit = absl::Milliseconds(100);
  for (const char digit : Peek(1).text.substr(0, 9)) {
    fraction_ += (digit - '0') * unit;
    unit /= 10;
  }
  at_ += 2;
}

// 10 pm.
bool DateReader::ReadBareHour() {
  const bool meridiem = Follows(kBeforeNoon, 1) || Follows(kAfterNoon, 1);
  if (!IsNumber(0, 2) || !meridiem || has_time_ || Peek().value > 12) return false;
  // "am" is German for "on" as well.
  if (Has(1, "am") && IsNumber(2, 2)) return false;
  const int hour = Peek().value;
  ++at_;
  SetClock(hour, 0, 0);
  ReadMeridiem();
  return true;
}

// Before the time: 午後3時. Behind it: ReadMeridiem.
bool DateReader::ReadHalfOfDay() {
  if (const auto noon = Find(kNoon); noon && !has_time_) {
    at_ += noon->tokens;
    SetClock(12, 0, 0);
    return true;
  }
  const auto before = Find(kBeforeNoon), after = Find(kAfterNoon);
  if (has_time_ || (!before && !after)) return has_time_ && ReadMeridiem();
  const size_t tokens = before ? before->tokens : after->tokens;
  if (Peek(tokens).kind != Kind::kNumber) return false;
  if (Has(0, "am") || Has(0, "m") || Has(0, "م")) return false;  // a filler, when in front
  half_ = before ? Half::kBeforeNoon : Half::kAfterNoon;
  at_ += tokens;
  return true;
}

bool DateReader::ReadMeridiem() {
  if (!has_time_ || half_ != Half::kUnknown || hour_ > 12 || (Has(0, "am") && IsNumber(1, 2))) return false;
  const auto before = Find(kBeforeNoon), after = Find(kAfterNoon);
  if (!before && !after) return false;
  half_ = before ? Half::kBeforeNoon : Half::kAfterNoon;
  hour_ = hour_ % 12 + (before ? 0 : 12);
  at_ += before ? before->tokens : after->tokens;
  return true;
}

bool DateReader::ReadZone() {
  if (!has_time_) return false;
  const auto zone = FindZone(Rest(), absl::CivilSecond(), region_);
  if (!zone) return false;
  if (zone_.empty()) zone_ = Rest().first(zone->tokens);
  at_ += zone->tokens;
  ReadOffset();
  return true;
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

void DateReader::SetClock(int hour, int minute, int second) {
  has_time_ = true;
  if (half_ != Half::kUnknown && hour <= 12) hour = hour % 12 + (half_ == Half::kAfterNoon ? 12 : 0);
  hour_ = hour, minute_ = minute, second_ = second;
  const bool midnight = hour == 24 && minute == 0 && second == 0;
  if ((hour > 23 && !midnight) || minute > 59 || second > 60) Fail("there is no such time of day");
}

}  // namespace broadsheet::ingest
