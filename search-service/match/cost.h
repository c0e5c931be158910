#pragma once

#include <cstdint>

#include "search/index/reader.h"
#include "search/query/search_query.h"

namespace broadsheet::search {

// About how many entries of posting lists a search will look at: known from the frequencies of its words, before any
// list is read. An entry takes some tens of nanoseconds. `query` has its text rewritten (query/rewrite.h). Xapian's
// exceptions pass through.
int64_t EstimateCost(const SearchQuery& query, const Reader& reader);

// A search that costs more is heavy: others are done in about a millisecond. Lower, light calls wait less for each
// other (the benchmark's "light searches beside heavy ones"), but more searches change the thread, which costs calls/s.
inline constexpr int64_t kHeavyCost = 8'000;

}  // namespace broadsheet::search
