#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "common/figure/number.h"

namespace broadsheet {

// The number in words that begins at a piece, in a language that FindNumberWord knows: "three hundred and five",
// "quatre-vingt-dix", "zweieinhalb", "dos mil", "half a million". Without fractions behind it. Thread-safe.
std::optional<FoundNumber> ReadSpokenNumber(std::string_view text, std::span<const Piece> pieces, size_t at,
                                            std::string_view language);

}  // namespace broadsheet
