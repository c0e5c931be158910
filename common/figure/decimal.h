#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace broadsheet {

// An exact decimal number: mantissa times ten to the exponent, with at most 18 digits. So 3.3 million is 3300000, and
// equal values print the same.
class Decimal {
 public:
  Decimal() = default;
  explicit Decimal(int64_t whole) : mantissa_(whole) { Reduce(); }

  // Digits before and after the point. Empty when more than 18 of them count.
  static std::optional<Decimal> FromDigits(std::string_view whole, std::string_view fraction);

  // Empty on overflow: more than 18 digits, or beyond 1e24.
  std::optional<Decimal> TimesPowerOfTen(int power) const;
  std::optional<Decimal> Plus(const Decimal& other) const;
  Decimal Negated() const;

  bool IsZero() const { return mantissa_ == 0; }
  bool IsWhole() const { return exponent_ >= 0; }
  double ToDouble() const;
  // "-1234.5": no exponent, no zeros at the end.
  std::string ToString() const;

  bool operator==(const Decimal&) const = default;

 private:
  Decimal(int64_t mantissa, int exponent) : mantissa_(mantissa), exponent_(exponent) { Reduce(); }
  static std::optional<Decimal> Checked(int64_t mantissa, int exponent);
  void Reduce();

  int64_t mantissa_ = 0;
  int exponent_ = 0;  // no zeros at the end of the mantissa
};

}  // namespace broadsheet
