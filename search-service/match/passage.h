#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "search/match/marks.h"

namespace broadsheet::search {

// A run of marks that fits into a snippet, and how good it is.
struct Window {
  size_t first = 0;  // index of its first mark
  size_t last = 0;   // one past its last
  int distinct = 0;  // different parts of the query in it

  bool empty() const { return first == last; }
};

// The best window of at most `bytes` over `marks` (in order of begin): most distinct parts, then most marks, then the
// earliest. Empty when there are no marks. A mark longer than `bytes` is a window of its own.
Window BestWindow(const std::vector<Mark>& marks, uint32_t bytes);

// A piece of a text, in bytes.
struct Piece {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// The piece of at most `bytes` around [begin, end) of `text`: from the beginning of its sentence where there is room,
// in whole words, without blanks at its ends. Never cuts a code point.
Piece PieceAround(std::string_view text, uint32_t begin, uint32_t end, uint32_t bytes);

}  // namespace broadsheet::search
