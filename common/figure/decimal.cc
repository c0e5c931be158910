#include "common/figure/decimal.h"

#include <cstdlib>
#include <utility>

namespace broadsheet {
namespace {

constexpr int64_t kLargestMantissa = 999'999'999'999'999'999;
constexpr int kLargestExponent = 24;
constexpr int kSmallestExponent = -18;
constexpr size_t kMostDigits = 18;

}  // namespace

std::optional<Decimal> Decimal::FromDigits(std::string_view whole, std::string_view fraction) {
  while (fraction.ends_with('0'))
    fraction.remove_suffix(1);
  while (whole.starts_with('0'))
    whole.remove_prefix(1);
  int exponent = -static_cast<int>(fraction.size());
  for (; fraction.empty() && whole.ends_with('0') && exponent < kLargestExponent; ++exponent)
    whole.remove_suffix(1);
  if (whole.size() + fraction.size() > kMostDigits) return std::nullopt;
  int64_t mantissa = 0;
  for (const std::string_view digits : {whole, fraction}) {
    for (const char digit : digits)
      mantissa = mantissa * 10 + (digit - '0');
  }
  return Decimal(mantissa, exponent);
}

void Decimal::Reduce() {
  for (; mantissa_ != 0 && mantissa_ % 10 == 0; ++exponent_)
    mantissa_ /= 10;
  if (mantissa_ == 0) exponent_ = 0;
}

std::optional<Decimal> Decimal::Checked(int64_t mantissa, int exponent) {
  for (; mantissa != 0 && mantissa % 10 == 0; ++exponent)
    mantissa /= 10;
  const bool fits = mantissa <= kLargestMantissa && mantissa >= -kLargestMantissa;
  if (!fits || exponent > kLargestExponent || exponent < kSmallestExponent) return std::nullopt;
  return Decimal(mantissa, exponent);
}

std::optional<Decimal> Decimal::TimesPowerOfTen(int power) const {
  return Checked(mantissa_, exponent_ + power);
}

std::optional<Decimal> Decimal::Plus(const Decimal& other) const {
  Decimal a = *this, b = other;
  if (a.exponent_ < b.exponent_) std::swap(a, b);
  int64_t mantissa = a.mantissa_;
  for (int exponent = a.exponent_; exponent > b.exponent_; --exponent) {
    if (mantissa > kLargestMantissa / 10 || mantissa < -kLargestMantissa / 10) return std::nullopt;
    mantissa *= 10;
  }
  return Checked(mantissa + b.mantissa_, b.exponent_);
}

Decimal Decimal::Negated() const {
  return Decimal(-mantissa_, exponent_);
}

double Decimal::ToDouble() const {
  return std::strtod(ToString().c_str(), nullptr);
}

std::string Decimal::ToString() const {
  std::string digits = std::to_string(std::llabs(mantissa_));
  if (exponent_ >= 0) {
    digits.append(static_cast<size_t>(exponent_), '0');
  } else {
    const auto places = static_cast<size_t>(-exponent_);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return mantissa_ < 0 ? "-" + digits : digits;
}

}  // namespace broadsheet
