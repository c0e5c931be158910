#pragma once

#include <optional>
#include <vector>

#include "search/query/parse.h"
#include "search/query/query_syntax.h"

// Puts the parts of a query together, in the normal form that QueryNode describes.
namespace broadsheet::search {

// A part of a sequence and what was said about it.
struct Operand {
  QueryNode node;
  bool negated = false;
  bool required = false;    // +
  bool and_before = false;  // AND between it and the operand before
  bool keep = false;        // no stop word that may be left out
};

// At least one part each.
QueryNode MakeAll(std::vector<QueryNode> parts);
QueryNode MakeAny(std::vector<QueryNode> parts);
QueryNode MakeNot(QueryNode part);

// Two parts that must stand near each other; a part of the same kind and distance takes the other one in.
QueryNode MakePlacing(NodeKind kind, uint32_t distance, QueryNode first, QueryNode second);

// Whether that can be asked of them: words and phrases that are looked for in one field, which has places.
bool CanPlace(const QueryNode& first, const QueryNode& second, NodeKind kind, uint32_t distance);

// Whether a part is one that can match by itself.
bool IsPositive(const QueryNode& node);

// Operands beside each other, by the match mode: all of them, or in kAnyWord all that are required and one of the
// others. Stop words go where something else is left to search by. Nothing when there are no operands.
std::optional<QueryNode> Combine(std::vector<Operand> operands, MatchMode mode);

}  // namespace broadsheet::search
