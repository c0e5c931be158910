#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace broadsheet::ingest {

// What a line at the top of an article is.
enum class LineKind {
  kFurniture,  // weather, clock, date, place, byline, section, advertisement: too little to be a title
  kTitle,      // may be a title
  kBody,       // running text
};

struct HeadLine {
  LineKind kind;
  size_t begin;  // bytes in the body
  size_t end;
};

// The lines of a clean body up to and including the first that is running text, at most twelve. Thread-safe.
std::vector<HeadLine> ReadHead(std::string_view body);

}  // namespace broadsheet::ingest
