#include "search/query/tree.h"

#include "absl/strings/str_cat.h"
#include "search/query/write.h"

namespace broadsheet::search {
namespace {

constexpr char kStemMark[] = "stem:";

v1::QueryNodeKind KindOf(NodeKind kind) {
  switch (kind) {
    case NodeKind::kWord:
      return v1::QUERY_NODE_KIND_WORD;
    case NodeKind::kPhrase:
      return v1::QUERY_NODE_KIND_PHRASE;
    case NodeKind::kPrefix:
      return v1::QUERY_NODE_KIND_PREFIX;
    case NodeKind::kAll:
      return v1::QUERY_NODE_KIND_ALL;
    case NodeKind::kAny:
      return v1::QUERY_NODE_KIND_ANY;
    case NodeKind::kNot:
      return v1::QUERY_NODE_KIND_NOT;
    case NodeKind::kNear:
      return v1::QUERY_NODE_KIND_NEAR;
    case NodeKind::kSentence:
      return v1::QUERY_NODE_KIND_SENTENCE;
    case NodeKind::kParagraph:
      return v1::QUERY_NODE_KIND_PARAGRAPH;
    case NodeKind::kWildcard:
      return v1::QUERY_NODE_KIND_WILDCARD;
    case NodeKind::kExpanded:
      break;
  }
  return v1::QUERY_NODE_KIND_UNSPECIFIED;
}

v1::QueryNode NodeOf(const QueryNode& node, const TermLookup& lookup) {
  v1::QueryNode result;
  result.set_kind(KindOf(node.kind));
  result.set_distance(static_cast<int32_t>(node.distance));
  for (const QueryNode& child : node.children)
    *result.add_children() = NodeOf(child, lookup);
  if (!node.IsLeaf()) return result;
  result.set_text(WriteWords(node));
  if (node.field != nullptr) result.set_field(std::string(node.field->name));
  if (node.kind == NodeKind::kPrefix || node.kind == NodeKind::kWildcard) return result;
  for (const LookupTerm& term : lookup.Terms(node)) {
    result.add_terms(absl::StrCat(term.stemmed ? kStemMark : "", term.text));
  }
  return result;
}

void AddNotes(std::span<const Note> notes, v1::UnderstoodQuery& query) {
  for (const Note& note : notes) {
    v1::QueryNote* added = query.add_notes();
    added->set_begin(static_cast<int32_t>(note.range.begin));
    added->set_end(static_cast<int32_t>(note.range.end));
    added->set_message(note.message);
  }
}

}  // namespace

v1::UnderstoodQuery ToUnderstoodQuery(const ParsedQuery& query, std::span<const Note> of_index,
                                      std::span<const Expansion> expansions, const std::string& suggestion) {
  v1::UnderstoodQuery result;
  result.set_text(WriteQuery(query));
  AddNotes(query.notes, result);
  AddNotes(of_index, result);
  for (const Expansion& expansion : expansions) {
    v1::WordExpansion* added = result.add_expansions();
    added->set_word(expansion.word);
    added->set_expansion(expansion.expansion);
    added->set_kind(expansion.kind);
  }
  result.set_suggestion(suggestion);
  return result;
}

std::optional<v1::QueryNode> ToTree(const ParsedQuery& query, const TermLookup& lookup) {
  if (!query.root) return std::nullopt;
  return NodeOf(*query.root, lookup);
}

}  // namespace broadsheet::search
