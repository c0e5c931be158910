#pragma once

#include <functional>
#include <string>
#include <vector>

#include "search/columns/shard_columns.h"
#include "search/query/filter.h"
#include "search/query/query_syntax.h"
#include "xapian.h"

// From a checked query to the engine's. Whatever comes out matches articles only, never tombstones. The queries may be
// run over one database or several; they belong to one thread. Xapian's exceptions pass through (CatchXapian).
namespace broadsheet::search {

// Makes the query for articles with any of some terms of the index, at least one, which are weighed as one term.
using WeighAnyOf = std::function<Xapian::Query(const std::vector<std::string>& terms)>;

// The words of a query, weighted: by `weigh`, which must outlive the call, where that is possible; null: by the engine.
// A query without words, or with negative ones only, matches all other articles with weight 0. `languages` are those of
// the articles in the index (TermLookup).
Xapian::Query CompileText(const ParsedQuery& query, const std::vector<std::string>& languages, bool exact_words,
                          const WeighAnyOf* weigh = nullptr);

// A filter, for the right side of OP_FILTER. It may match tombstones where it is used alone. Ranges are looked up in
// `columns`, those of the snapshot that is matched; null: read from value slots, which costs as much as the index is
// large.
Xapian::Query CompileFilter(const Filter& filter, const ColumnSet* columns = nullptr);

// The terms of the index of which an article must have any, for kIn and kExists.
std::vector<std::string> TermsOf(const Filter& filter);

// Whether a filter has ranges that columns answer.
bool HasRanges(const Filter& filter);

// Both together: what a search matches. `filter` may be null.
Xapian::Query CompileQuery(const ParsedQuery& query, const Filter* filter, const std::vector<std::string>& languages,
                           bool exact_words, const ColumnSet* columns = nullptr, const WeighAnyOf* weigh = nullptr);

}  // namespace broadsheet::search
