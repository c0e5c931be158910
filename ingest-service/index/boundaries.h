#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace broadsheet::ingest {

// Where a sentence begins.
struct Boundary {
  size_t offset = 0;       // bytes from the start of the body
  bool paragraph = false;  // a paragraph begins there, too
};

// The sentences of a body after its first, in order of place. A line ends a sentence, a blank line a paragraph.
// Thread-safe.
std::vector<Boundary> FindBoundaries(std::string_view body);

}  // namespace broadsheet::ingest
