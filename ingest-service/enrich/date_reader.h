#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "ingest/enrich/date_text.h"
#include "ingest/enrich/date_words.h"

namespace broadsheet::ingest {

// The day that "03/04/2025" may be: as it reads with the day first, and with the month first.
struct TwoDays {
  absl::CivilDay day_first;
  absl::CivilDay month_first;
};

// How long ago something was, by the words.
struct Age {
  absl::Duration duration = absl::ZeroDuration();  // back from the fetch; for whole days, days of 24 h
  bool whole_days = false;                         // says the day only: "yesterday"
};

// An instant that words name, and the day that they say it was.
struct Moment {
  absl::Time time;
  absl::CivilDay day;    // in the zone that the words name, in UTC when they name none
  bool own_day = false;  // `day` is that of the place: the words say it, and not in UTC
};

// Reads one date out of folded words, from left to right. Use date.h. Not thread-safe.
class DateReader {
 public:
  // `folded` (FoldDate) must outlive the reader. Two digits of a year are taken as one of the century up to
  // `latest_year`. `region` settles zone names that several places use; it may be empty.
  DateReader(std::string_view folded, int latest_year, std::string_view region);

  // Reads as far as it makes sense. Afterwards:
  void Read();

  bool has_date() const { return year_ && month_ && day_; }
  bool has_anything() const { return year_ || month_ || day_ || has_time_ || age_ || hijri_month_; }
  bool has_time_of_day() const { return has_time_; }
  // Whether every word was understood.
  bool all_understood() const { return understood_; }
  // Why there is no date; empty when there is nothing to say against it.
  std::string WhyNone() const;

  // The instant; no value when the day does not exist, or is one of two, or only an age is said.
  std::optional<Moment> Time() const;

  // The days that a date with undecided order may be. When the words name the day of the week of just one of them, it
  // is taken without asking.
  std::optional<TwoDays> two_days() const;
  // Takes one of them.
  void Decide(absl::CivilDay day);

  // What the words say when they name no date but an age.
  std::optional<Age> age() const { return has_date() ? std::nullopt : age_; }
  // The instant of an age before `fetched`.
  std::optional<Moment> TimeBefore(absl::Time fetched) const;

 private:
  const DateToken& Peek(size_t ahead = 0) const;
  std::span<const DateToken> Rest(size_t ahead = 0) const;
  bool Has(size_t ahead, std::string_view text) const { return Peek(ahead).text == text; }
  bool IsNumber(size_t ahead, size_t most_digits) const;
  // The words `ahead` that mean this.
  std::optional<FoundWord> Find(DateWord meaning, size_t ahead = 0) const { return FindWord(Rest(ahead), meaning); }
  bool Follows(DateWord meaning, size_t ahead) const { return Find(meaning, ahead).has_value(); }
  void Fail(std::string reason);

  // Dates.
  void ReadNumber();
  bool ReadNumericDate();
  bool ReadCompactDate();
  bool ReadUnit();
  void ReadPlainNumber();
  bool HasFullYearAhead() const;
  void ReadWord();
  bool ReadMonth();
  bool ReadHijriMonth();
  bool ReadEra();
  bool ReadShortEra();
  bool ReadKnownWord();
  void SetMonth(int month, bool may_be_weekday);
  void SetDayAndMonth(int first, int second, std::string_view separator);
  void SetYear(int value, size_t digits);

  // Times of day.
  bool ReadClock();
  bool ReadBareHour();
  bool IsDottedClock() const;
  size_t HourMarkAt(size_t ahead) const;
  void ReadSeconds(int& second);
  bool ReadHalfOfDay();
  bool ReadMeridiem();
  bool ReadZone();
  void ReadOffset();
  void SetClock(int hour, int minute, int second);

  // Ages.
  bool ReadAge();
  size_t ReadUnitOfAge(size_t ahead, int count, Age& age);
  size_t ReadCountOfAge(size_t ahead, int& count) const;
  bool ReadDayOffset();

  std::optional<absl::CivilDay> Day() const;
  Moment On(absl::CivilDay day) const;
  // How far the zone that the words name is ahead of UTC; nothing when they name none that is known.
  std::optional<absl::Duration> Offset(absl::CivilSecond local) const;

  const int latest_year_;
  const std::string region_;
  std::vector<DateToken> tokens_;
  size_t at_ = 0;
  bool understood_ = true;
  bool stopped_ = false;
  std::string failure_;
  std::optional<int> year_, month_, day_;
  bool undecided_ = false;  // day_ and month_ may be the other way round
  std::optional<int> weekday_;
  bool month_may_be_weekday_ = false;
  std::optional<int> hijri_year_, hijri_month_, hijri_day_;
  std::optional<Age> age_;
  bool age_too_vague_ = false;
  bool has_time_ = false;
  enum class Half { kUnknown, kBeforeNoon, kAfterNoon } half_ = Half::kUnknown;
  int hour_ = 0, minute_ = 0, second_ = 0;
  absl::Duration fraction_ = absl::ZeroDuration();
  std::span<const DateToken> zone_;
  std::optional<absl::Duration> offset_;
};

}  // namespace broadsheet::ingest
