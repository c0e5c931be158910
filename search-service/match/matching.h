#pragma once

#include <functional>
#include <optional>

#include "search/columns/shard_columns.h"
#include "search/index/reader.h"
#include "search/query/compile.h"
#include "search/query/rewrite.h"
#include "search/query/search_query.h"
#include "xapian.h"

namespace broadsheet::search {

// The text of a query made ready for the words of a reader's snapshot (query/rewrite.h); as it is when it was rewritten
// already. `look` is called now and then and may throw to end the work.
RewrittenQuery RewriteText(const SearchQuery& query, const Reader& reader, std::function<void()> look);

// Whether a query has ranges that columns answer.
bool HasRanges(const SearchQuery& query);

// What a query matches on a reader's snapshot, with `filter` in the place of the query's own; embargoes and deadlines
// are for the caller. `columns` and `weigh` as in CompileQuery. Search, export and live queries all ask this one, so
// that they agree. The text is rewritten first, unless it was already.
Xapian::Query CompileMatching(const SearchQuery& query, const std::optional<Filter>& filter, const Reader& reader,
                              const ColumnSet* columns = nullptr, const WeighAnyOf* weigh = nullptr);

}  // namespace broadsheet::search
