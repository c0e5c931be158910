#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "fuzz/mutator.h"

namespace broadsheet::fuzz {

// A nasty text that can be made in any size: the same opener again and again, openers and as many closers, one long
// line, and so on.
struct Shape {
  enum class Kind {
    kRepeat,    // all pieces, again and again
    kNested,    // the first piece again and again, then the last as often
    kEnclosed,  // the first piece, the second again and again, the last piece
    kCounted,   // all pieces and a number that grows, again and again
  };
  Kind kind = Kind::kRepeat;
  std::vector<std::string> pieces;  // at least one

  // About `bytes` long, never longer.
  std::string Build(size_t bytes) const;

  // For a report.
  std::string Describe() const;
};

// Every token by itself, then `count` combinations by chance. The same seed gives the same shapes.
std::vector<Shape> MakeShapes(const std::vector<std::string>& tokens, size_t count, uint64_t seed);

}  // namespace broadsheet::fuzz
