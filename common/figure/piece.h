#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// A text cut into numbers, words and marks. Internal to common/figure.
namespace broadsheet {

struct Piece {
  enum class Kind : uint8_t { kNumber, kWord, kCjk, kMark };  // kCjk: one character
  Kind kind = Kind::kMark;
  bool tight = false;     // nothing before it but another piece
  bool new_line = false;  // a line end before it
  uint32_t begin = 0;
  uint32_t end = 0;
};

// At most `kMostText` bytes are looked at. Digits of all scripts are numbers.
inline constexpr size_t kMostText = size_t{1} << 20;
std::vector<Piece> SplitPieces(std::string_view text);

inline std::string_view TextOf(std::string_view text, const Piece& piece) {
  return text.substr(piece.begin, piece.end - piece.begin);
}

// How a piece is looked up: folded, but for words of one letter, whose case counts ("5g", "5G").
std::string LookupForm(std::string_view text, const Piece& piece);

// The lookup forms of pieces with a space between them: "km / h".
std::string LookupKey(std::string_view text, std::span<const Piece> pieces);

// The same of words that stand in a table.
std::string LookupKey(std::string_view words);

// ASCII digits of a piece of kNumber.
std::string DigitsOf(std::string_view text, const Piece& piece);

}  // namespace broadsheet
