#include "search/match/docid_sets.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <iterator>

namespace broadsheet::search {
namespace {

constexpr size_t kSparse = 32;  // a set smaller than one article in so many is sorted rather than marked
constexpr size_t kMuchLess = 16;

Docids SortedUnion(const std::vector<DocidSpan>& parts) {
  Docids all;
  for (DocidSpan part : parts)
    all.insert(all.end(), part.begin(), part.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Docids MarkedUnion(const std::vector<DocidSpan>& parts, Xapian::docid size) {
  std::vector<uint64_t> marks(size / 64 + 1, 0);
  for (DocidSpan part : parts) {
    for (Xapian::docid docid : part)
      marks[docid / 64] |= uint64_t{1} << (docid % 64);
  }
  size_t count = 0;
  for (uint64_t word : marks)
    count += static_cast<size_t>(std::popcount(word));
  Docids all;
  all.reserve(count);
  for (size_t i = 0; i < marks.size(); ++i) {
    for (uint64_t word = marks[i]; word != 0; word &= word - 1)
      all.push_back(static_cast<Xapian::docid>(i * 64 + static_cast<size_t>(std::countr_zero(word))));
  }
  return all;
}

}  // namespace

Docids UnionOf(const std::vector<DocidSpan>& parts, Xapian::docid size) {
  size_t sum = 0;
  for (DocidSpan part : parts)
    sum += part.size();
  return sum * kSparse < size ? SortedUnion(parts) : MarkedUnion(parts, size);
}

Docids Intersection(DocidSpan rare, DocidSpan frequent) {
  Docids both;
  both.reserve(rare.size());
  if (rare.size() * kMuchLess > frequent.size()) {
    std::set_intersection(rare.begin(), rare.end(), frequent.begin(), frequent.end(), std::back_inserter(both));
    return both;
  }
  auto from = frequent.begin();
  for (Xapian::docid docid : rare) {
    from = std::lower_bound(from, frequent.end(), docid);
    if (from == frequent.end()) break;
    if (*from == docid) both.push_back(docid);
  }
  return both;
}

}  // namespace broadsheet::search
