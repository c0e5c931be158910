#include "search/query/query_syntax.h"

namespace broadsheet::search {
namespace {

void Collect(const QueryNode& node, std::vector<const QueryNode*>& leaves) {
  if (node.IsLeaf()) leaves.push_back(&node);
  if (node.kind == NodeKind::kNot) return;
  for (const QueryNode& child : node.children)
    Collect(child, leaves);
}

}  // namespace

std::vector<const QueryNode*> PositiveLeaves(const ParsedQuery& query) {
  std::vector<const QueryNode*> leaves;
  if (query.root) Collect(*query.root, leaves);
  return leaves;
}

}  // namespace broadsheet::search
