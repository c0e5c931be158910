#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"

namespace broadsheet::ingest {

// Reads one date out of folded words, from left to right. Use date.h. Not thread-safe.
class DateReader {
 public:
  // `folded` must outlive the reader. Two digits of a year are taken as one of the century up to `latest_year`.
  DateReader(std::string_view folded, int latest_year);

  // Reads as far as it makes sense. Afterwards:
  void Read();

  bool has_date() const { return year_ && month_ && day_; }
  bool has_anything() const { return year_ || month_ || day_ || has_time_; }
  // Whether every word was understood.
  bool all_understood() const { return understood_; }
  // Why there is no date; empty when there is nothing to say against it.
  std::string WhyNone() const;
  // The instant; no value when the day does not exist.
  std::optional<absl::Time> Time() const;

 private:
  enum class Kind { kNumber, kWord, kMark };
  struct Token {
    Kind kind = Kind::kMark;
    std::string_view text;
    bool tight = false;  // no blank before it
    int value = 0;       // of a number; at most nine digits are read
  };

  void Split(std::string_view folded);
  const Token& Peek(size_t ahead = 0) const;
  bool Has(size_t ahead, std::string_view text) const { return Peek(ahead).text == text; }
  bool IsNumber(size_t ahead, size_t most_digits) const;
  void Fail(std::string reason);

  void ReadNumber();
  void ReadWord();
  bool ReadNumericDate();
  bool ReadCompactDate();
  bool ReadCjkPart();
  bool ReadClock();
  bool ReadBareHour();
  void ReadPlainNumber();
  bool HasFullYearAhead() const;
  void ReadMeridiem();
  void ReadOffset();
  void ReadMonth(int month);
  void SetDayAndMonth(int first, int second, std::string_view separator);
  void SetYear(int value, size_t digits);
  void SetClock(int hour, int minute, int second);

  const int latest_year_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  bool understood_ = true;
  bool stopped_ = false;
  std::string failure_;
  std::optional<int> year_, month_, day_;
  bool month_may_be_weekday_ = false;
  bool has_time_ = false;
  int hour_ = 0, minute_ = 0, second_ = 0;
  absl::Duration fraction_ = absl::ZeroDuration();
  std::string_view zone_;
  std::optional<absl::Duration> offset_;
};

}  // namespace broadsheet::ingest
