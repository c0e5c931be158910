#include "search/query/combine.h"

#include <algorithm>
#include <iterator>

namespace broadsheet::search {
namespace {

QueryNode Make(NodeKind kind, std::vector<QueryNode> parts) {
  std::vector<QueryNode> children;
  for (QueryNode& part : parts) {
    if (part.kind == kind) {
      std::move(part.children.begin(), part.children.end(), std::back_inserter(children));
    } else {
      children.push_back(std::move(part));
    }
  }
  if (children.size() == 1) return std::move(children.front());
  QueryNode node;
  node.kind = kind;
  node.range = {children.front().range.begin, children.back().range.end};
  node.children = std::move(children);
  return node;
}

void DropStopWords(std::vector<Operand>& operands) {
  bool others = std::any_of(operands.begin(), operands.end(),
                            [](const Operand& operand) { return operand.keep && !operand.negated; });
  if (others) std::erase_if(operands, [](const Operand& operand) { return !operand.keep; });
}

QueryNode TakeNode(Operand& operand) {
  return operand.negated ? MakeNot(std::move(operand.node)) : std::move(operand.node);
}

QueryNode CombineAll(std::vector<Operand> operands) {
  std::vector<QueryNode> parts;
  for (Operand& operand : operands)
    parts.push_back(TakeNode(operand));
  return MakeAll(std::move(parts));
}

// Operands joined by AND stay together; negated ones apply to the whole.
QueryNode CombineAny(std::vector<Operand> operands) {
  std::vector<QueryNode> any, required, negative;
  for (size_t i = 0; i < operands.size();) {
    std::vector<QueryNode> joined;
    bool is_required = false;
    do {
      is_required = is_required || operands[i].required;
      joined.push_back(TakeNode(operands[i]));
    } while (++i < operands.size() && operands[i].and_before);
    QueryNode node = MakeAll(std::move(joined));
    if (!IsPositive(node)) {
      negative.push_back(std::move(node));
      continue;
    }
    (is_required ? required : any).push_back(std::move(node));
  }
  std::vector<QueryNode> parts = std::move(required);
  if (!any.empty()) parts.push_back(MakeAny(std::move(any)));
  std::move(negative.begin(), negative.end(), std::back_inserter(parts));
  return MakeAll(std::move(parts));
}

}  // namespace

QueryNode MakeAll(std::vector<QueryNode> parts) {
  return Make(NodeKind::kAll, std::move(parts));
}

QueryNode MakeAny(std::vector<QueryNode> parts) {
  return Make(NodeKind::kAny, std::move(parts));
}

QueryNode MakeNot(QueryNode part) {
  if (part.kind == NodeKind::kNot) {
    QueryNode inner = std::move(part.children.front());
    return inner;
  }
  QueryNode node;
  node.kind = NodeKind::kNot;
  node.range = part.range;
  node.children.push_back(std::move(part));
  return node;
}

QueryNode MakePlacing(NodeKind kind, uint32_t distance, QueryNode first, QueryNode second) {
  QueryNode node;
  if (first.IsPlacing()) {
    node = std::move(first);
  } else {
    node.kind = kind;
    node.distance = distance;
    node.range = first.range;
    node.children.push_back(std::move(first));
  }
  node.range.end = second.range.end;
  node.children.push_back(std::move(second));
  return node;
}

bool CanPlace(const QueryNode& first, const QueryNode& second, NodeKind kind, uint32_t distance) {
  auto has_place = [](const QueryNode& node) {
    bool words = node.kind == NodeKind::kWord || (node.kind == NodeKind::kPhrase && node.distance == 0);
    const Field* field = node.field;
    return words && (field == nullptr || field->id == FieldId::kBody || !field->words_prefix.empty());
  };
  const QueryNode& left = first.IsPlacing() ? first.children.back() : first;
  bool one_kind = !first.IsPlacing() || (first.kind == kind && first.distance == distance);
  return one_kind && has_place(left) && has_place(second) && left.field == second.field;
}

bool IsPositive(const QueryNode& node) {
  if (node.kind == NodeKind::kNot) return false;
  return node.kind != NodeKind::kAll || std::any_of(node.children.begin(), node.children.end(), IsPositive);
}

std::optional<QueryNode> Combine(std::vector<Operand> operands, MatchMode mode) {
  if (operands.empty()) return std::nullopt;
  DropStopWords(operands);
  return mode == MatchMode::kAllWords ? CombineAll(std::move(operands)) : CombineAny(std::move(operands));
}

}  // namespace broadsheet::search
