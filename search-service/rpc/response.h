#pragma once

#include <chrono>

#include "broadsheet/v1/search.pb.h"
#include "search/match/result.h"
#include "search/query/search_query.h"

namespace broadsheet::search {

// The message for a result. What is large is moved, not copied.
void Fill(const SearchQuery& query, SearchResult result, std::chrono::steady_clock::duration elapsed,
          v1::SearchResponse& response);

}  // namespace broadsheet::search
