#pragma once

#include <cstdint>

#include "search/index/reader.h"
#include "search/query/search_query.h"

namespace broadsheet::search {

// About how many entries of posting lists a search will look at: known from the frequencies of its words, before any
// list is read. An entry takes some tens of nanoseconds. `query` has its text rewritten (query/rewrite.h). Xapian's
// exceptions pass through.
int64_t EstimateCost(const SearchQuery& query, const Reader& reader);

// A search that costs more is heavy: others are done in half a millisecond beside what every call costs. Chosen by what
// the classes of the benchmark's mix cost, so that light ones wait for nothing that takes longer than they do.
inline constexpr int64_t kHeavyCost = 4'000;

}  // namespace broadsheet::search
