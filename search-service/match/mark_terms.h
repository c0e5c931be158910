#pragma once

#include "search/match/marks.h"
#include "search/query/query_syntax.h"
#include "search/query/terms.h"

namespace broadsheet::search {

// What to mark in titles and bodies for a query: its positive words as the index looks them up, so that what is marked
// is what was found. The words of a phrase are marked only together.
struct QueryMarks {
  MarkTerms title;
  MarkTerms body;
};

QueryMarks MarksOf(const ParsedQuery& query, const TermLookup& lookup);

}  // namespace broadsheet::search
