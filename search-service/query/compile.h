#pragma once

#include <string>
#include <vector>

#include "search/query/filter.h"
#include "search/query/query_syntax.h"
#include "xapian.h"

// From a checked query to the engine's. Whatever comes out matches articles only, never tombstones. The queries may be
// run over one database or several; they belong to one thread. Xapian's exceptions pass through (CatchXapian).
namespace broadsheet::search {

// THE leaf of a word that is weighed: a term of the index.
Xapian::Query WeightedTerm(const std::string& term);

// The words of a query, weighted. A query without words, or with negative ones only, matches all other articles with
// weight 0. `languages` are those of the articles in the index (TermLookup).
Xapian::Query CompileText(const ParsedQuery& query, const std::vector<std::string>& languages, bool exact_words);

// A filter, for the right side of OP_FILTER. It may match tombstones where it is used alone.
Xapian::Query CompileFilter(const Filter& filter);

// Both together: what a search matches. `filter` may be null.
Xapian::Query CompileQuery(const ParsedQuery& query, const Filter* filter, const std::vector<std::string>& languages,
                           bool exact_words);

}  // namespace broadsheet::search
