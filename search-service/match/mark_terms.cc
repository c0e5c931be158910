#include "search/match/mark_terms.h"

#include <utility>

namespace broadsheet::search {
namespace {

void AddWord(const std::vector<LookupTerm>& lookups, MarkTerms& marks) {
  for (const LookupTerm& lookup : lookups) {
    (lookup.stemmed ? marks.stems : marks.words).push_back({lookup.text, marks.terms});
  }
}

void AddPhrase(const QueryNode& leaf, MarkTerms& marks) {
  if (leaf.words.size() == 1) {
    marks.words.push_back({leaf.words.front().text, marks.terms});
    return;
  }
  MarkTerms::Phrase phrase{{}, marks.terms};
  for (const QueryWord& word : leaf.words)
    phrase.words.push_back(word.text);
  marks.phrases.push_back(std::move(phrase));
}

void AddLeaf(const QueryNode& leaf, const TermLookup& lookup, MarkTerms& marks) {
  if (leaf.kind == NodeKind::kWildcard) {
    for (const std::string& form : leaf.forms)
      marks.words.push_back({form, marks.terms});
  } else if (leaf.kind == NodeKind::kPhrase && leaf.distance > 0) {
    for (const QueryWord& word : leaf.words)
      marks.words.push_back({word.text, marks.terms});
  } else if (leaf.kind == NodeKind::kPhrase) {
    AddPhrase(leaf, marks);
  } else if (leaf.kind == NodeKind::kPrefix) {
    marks.prefixes.push_back({leaf.words.front().text, marks.terms});
  } else {
    AddWord(lookup.Terms(leaf), marks);
  }
  ++marks.terms;
}

}  // namespace

QueryMarks MarksOf(const ParsedQuery& query, const TermLookup& lookup) {
  QueryMarks marks;
  for (const QueryNode* leaf : PositiveLeaves(query)) {
    bool anywhere = leaf->field == nullptr;
    if (anywhere || leaf->field->id == FieldId::kTitle) AddLeaf(*leaf, lookup, marks.title);
    if (anywhere || leaf->field->id == FieldId::kBody) AddLeaf(*leaf, lookup, marks.body);
  }
  return marks;
}

}  // namespace broadsheet::search
