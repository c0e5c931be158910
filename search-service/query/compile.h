#pragma once

#include <string>
#include <vector>

#include "search/columns/shard_columns.h"
#include "search/query/filter.h"
#include "search/query/query_syntax.h"
#include "xapian.h"

// From a checked query to the engine's. Whatever comes out matches articles only, never tombstones. The queries may be
// run over one database or several; they belong to one thread. Xapian's exceptions pass through (CatchXapian).
namespace broadsheet::search {

// The words of a query, weighted. A query without words, or with negative ones only, matches all other articles with
// weight 0. `languages` are those of the articles in the index (TermLookup).
Xapian::Query CompileText(const ParsedQuery& query, const std::vector<std::string>& languages, bool exact_words);

// A filter, for the right side of OP_FILTER. It may match tombstones where it is used alone. Ranges are looked up in
// `columns`, those of the snapshot that is matched; null: read from value slots, which costs as much as the index is
// large.
Xapian::Query CompileFilter(const Filter& filter, const ColumnSet* columns = nullptr);

// Whether a filter has ranges that columns answer.
bool HasRanges(const Filter& filter);

// Both together: what a search matches. `filter` may be null.
Xapian::Query CompileQuery(const ParsedQuery& query, const Filter* filter, const std::vector<std::string>& languages,
                           bool exact_words, const ColumnSet* columns = nullptr);

}  // namespace broadsheet::search
