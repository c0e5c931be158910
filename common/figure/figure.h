#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/figure/decimal.h"

// Figures in running text: percentages, money, measures and counts, as values with a unit. The same reading makes the
// terms of the index and understands figure:"..." in queries. All functions are linear and thread-safe.
namespace broadsheet {

enum class FigureKind { kPercent, kMoney, kMeasure, kCount };

struct Figure {
  FigureKind kind = FigureKind::kCount;
  Decimal value;
  // "%" and "pp" (percentage points), an ISO 4217 code, "km", "t", "°C", ..., or what is counted ("people"); empty for
  // a large number of something unknown.
  std::string unit;
  size_t begin = 0;  // bytes in the text
  size_t end = 0;
};

// What is known of a text; both may be empty.
struct FigureContext {
  std::string language;  // BCP 47: number words, and whether "1.500" is a thousand and a half. Empty: English
  std::string region;    // ISO 3166: whose dollars "$" are
};

// The figures of a text in order of place, not overlapping, at most `most`. What is read:
// - numbers in digits of any script with the group and decimal marks of the language, in words of English, German,
// French,
//   Spanish, Portuguese and Italian, with halves and quarters, and with the hundreds, millions and 億 behind them
// - a unit behind or a currency before them, in nine languages (unit_table.cc); ranges ("3 to 5 per cent") give two
// - counts: of what is in the tables, in English of any plural ("300 homes"), else from a thousand with a word of
//   magnitude on
// Dates, times, years, ordinals, fractions, scores and versions are none. A bare "$" is the dollar of the region, else
// the American one; words such as "pesos" and "pounds" that only a region tells are counted things elsewhere.
std::vector<Figure> ReadFigures(std::string_view text, const FigureContext& context, size_t most);

// The form that is equal for equal figures: "3.5 %", "2000000000 USD", "120 km", "300 homes", "1500000".
std::string FigureKey(const Figure& figure);

// The key of the figure that a question names, in whatever of the languages it is one; a number alone is one too. Empty
// when there is none. FigureKeyOf(key) == key.
std::optional<std::string> FigureKeyOf(std::string_view words);

}  // namespace broadsheet
