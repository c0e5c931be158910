#pragma once

#include <optional>
#include <span>

#include "broadsheet/v1/search.pb.h"
#include "search/query/query_syntax.h"
#include "search/query/rewrite.h"
#include "search/query/terms.h"

// A query as it was understood, for callers.
namespace broadsheet::search {

// Its text and notes, then those that the index gave rise to, and what is looked for beside its words.
v1::UnderstoodQuery ToUnderstoodQuery(const ParsedQuery& query, std::span<const Note> of_index = {},
                                      std::span<const Expansion> expansions = {}, const std::string& suggestion = "");

// Its tree with the terms looked for; nothing when it has no words.
std::optional<v1::QueryNode> ToTree(const ParsedQuery& query, const TermLookup& lookup);

}  // namespace broadsheet::search
