#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/figure/figure.h"
#include "common/figure/piece.h"

// What stands behind or before a number. Internal to common/figure. Thread-safe.
namespace broadsheet {

struct FoundUnit {
  FigureKind kind = FigureKind::kMeasure;
  std::string unit;
  size_t pieces = 0;
};

// The unit that begins with the first of `pieces`, the longest there is. `magnified`: a word of magnitude stands before
// it, so that "pounds" and "m" are read accordingly.
std::optional<FoundUnit> FindUnitBehind(std::string_view text, std::span<const Piece> pieces,
                                        const FigureContext& context, bool magnified);

// The currency that ends with the last of `pieces`: "$", "US$", "EUR", "Rs.".
std::optional<FoundUnit> FindCurrencyBefore(std::string_view text, std::span<const Piece> pieces,
                                            const FigureContext& context);

// The English plural that is counted: at most two words on, passing over adjectives. The unit is folded.
std::optional<FoundUnit> FindCountedPlural(std::string_view text, std::span<const Piece> pieces);

}  // namespace broadsheet
