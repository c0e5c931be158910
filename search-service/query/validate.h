#pragma once

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "search/query/parse.h"
#include "search/query/search_query.h"

namespace broadsheet::search {

// Checks and understands a request. INVALID_ARGUMENT naming the field's path from the request, the limit and the way
// out. Pure, thread-safe.
absl::StatusOr<SearchQuery> Validate(const v1::SearchRequest& request);

// The hits on a page: kDefaultPageSize for 0, at most kMaxPageSize, INVALID_ARGUMENT for a negative number. The same
// for every request with a page_size.
absl::StatusOr<int> ReadPageSize(int asked);

// What to look for beside the words of a query.
WordOptions ParseWordOptions(const v1::QueryOptions& options);

// The match mode of the options; INVALID_ARGUMENT for one that does not exist.
absl::StatusOr<MatchMode> ParseMatchMode(const v1::QueryOptions& options);

}  // namespace broadsheet::search
