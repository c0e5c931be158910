#pragma once

#include <xapian.h>

#include <vector>

#include "search/query/query_syntax.h"
#include "search/query/terms.h"

namespace broadsheet::search {

// Words that a prefix stands for: the most frequent ones of those that begin so.
inline constexpr Xapian::termcount kMaxPrefixWords = 100;

// A note for each prefix of the query that begins more words of the index than it stands for, in order of place.
// Reads at most kMaxPrefixWords + 1 terms a prefix. Throws what Xapian throws.
std::vector<Note> NoteCutPrefixes(const ParsedQuery& query, const TermLookup& lookup, const Xapian::Database& database);

}  // namespace broadsheet::search
