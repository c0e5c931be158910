#include "ingest/index/boundaries.h"

#include <algorithm>

#include "ingest/enrich/sentence.h"

namespace broadsheet::ingest {
namespace {

constexpr std::string_view kBlanks = " \t\r";

// The sentences of the line that begins at `offset`, the first of which begins as `boundary` says.
void AddLine(std::string_view line, size_t offset, bool paragraph, std::vector<Boundary>& boundaries) {
  for (size_t at = line.find_first_not_of(kBlanks); at < line.size(); at = line.find_first_not_of(kBlanks, at)) {
    if (offset + at > 0) boundaries.push_back({offset + at, paragraph});
    paragraph = false;
    at += std::max<size_t>(1, FirstSentenceEnd(line.substr(at)));
  }
}

}  // namespace

std::vector<Boundary> FindBoundaries(std::string_view body) {
  std::vector<Boundary> boundaries;
  bool paragraph = false;
  for (size_t begin = 0; begin < body.size();) {
    size_t end = std::min(body.find('\n', begin), body.size());
    std::string_view line = body.substr(begin, end - begin);
    bool blank = line.find_first_not_of(kBlanks) == std::string_view::npos;
    if (!blank) AddLine(line, begin, paragraph, boundaries);
    paragraph = blank && (paragraph || begin > 0);
    begin = end + 1;
  }
  return boundaries;
}

}  // namespace broadsheet::ingest
