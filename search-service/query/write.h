#pragma once

#include <string>

#include "search/query/query_syntax.h"

namespace broadsheet::search {

// Writes a query out with its operators, so that ParseQuery in kAllWords mode reads the same tree again (unless the
// text has grown over kMaxQueryBytes by its brackets and quotation marks). Empty for a query without words and days.
std::string WriteQuery(const ParsedQuery& query);

// The words of one leaf, as they are written inside quotation marks.
std::string WriteWords(const QueryNode& leaf);

}  // namespace broadsheet::search
