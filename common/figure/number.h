#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "common/figure/decimal.h"
#include "common/figure/figure.h"
#include "common/figure/piece.h"

// Numbers in digits and in words. Internal to common/figure. Thread-safe.
namespace broadsheet {

struct FoundNumber {
  Decimal value;
  size_t next = 0;           // the piece after it
  bool in_words = false;     // "three"; in digits otherwise
  bool only_scaled = false;  // "a", "half": a number before a magnitude or a percentage only
  bool magnified = false;    // a magnitude is part of it: "two million"
  bool like_a_year = false;  // four digits and nothing else
};

// What begins at `pieces[at]`.
struct NumberAt {
  std::optional<FoundNumber> number;
  size_t next = 0;  // where to go on when there is none: past what belongs together, such as a date or a version
};

// Reads the number that begins at a piece, with fractions ("3 1/2", "and a half") and magnitudes ("million").
NumberAt ReadNumber(std::string_view text, std::span<const Piece> pieces, size_t at, const FigureContext& context,
                    bool money);

// The language of number words and marks: the primary subtag, English when there is none.
std::string_view LanguageOfNumbers(const FigureContext& context);

}  // namespace broadsheet
