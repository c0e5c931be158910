#pragma once

#include <cstddef>
#include <string_view>

// What may follow a number and belongs to it. Internal to common/text.
namespace broadsheet {

inline constexpr size_t kMaxSummandDigits = 3;

// Whether the digits at `at`, after a comma, are a group of a number: three of them, or two when groups go on to one of
// three, as in "12,34,567".
bool IsDigitGroup(std::string_view text, size_t at);

// Where "%", "percent" or "per cent" ends that says the number ending at `at` is a percentage; 0 when there is none.
size_t PercentEnd(std::string_view text, size_t at);

// The next summand of a sum after the number that ends at `at`: at most kMaxSummandDigits digits after a plus sign.
// Either there is no space around the sign, or, if allowed, one on each side.
struct Addend {
  size_t digits_begin = 0;
  size_t end = 0;  // 0: there is none
};
Addend AddendAt(std::string_view text, size_t at, bool spaces_allowed);

}  // namespace broadsheet
