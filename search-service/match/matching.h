#pragma once

#include <optional>

#include "search/columns/shard_columns.h"
#include "search/index/reader.h"
#include "search/query/compile.h"
#include "search/query/search_query.h"
#include "xapian.h"

namespace broadsheet::search {

// What a query matches on a reader's snapshot, with `filter` in the place of the query's own; embargoes and deadlines
// are for the caller. `columns` and `weigh` as in CompileQuery. Search, export and live queries all ask this one, so
// that they agree.
Xapian::Query CompileMatching(const SearchQuery& query, const std::optional<Filter>& filter, const Reader& reader,
                              const ColumnSet* columns = nullptr, const WeighAnyOf* weigh = nullptr);

}  // namespace broadsheet::search
