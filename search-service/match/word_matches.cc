#include "search/match/word_matches.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "search/match/occurrences.h"
#include "search/query/write.h"

namespace broadsheet::search {
namespace {

v1::MatchedWord Matched(const std::string& word, v1::MatchKind kind, const std::string& form) {
  v1::MatchedWord matched;
  matched.set_word(word);
  matched.set_kind(kind);
  matched.set_form(form);
  return matched;
}

}  // namespace

WordMatches::WordMatches(const ParsedQuery& query, const TermLookup& lookup, const Reader& reader,
                         const ColumnSet& columns, SearchCaches& caches, std::vector<Xapian::docid> docids)
    : lookup_(lookup), reader_(reader), columns_(columns), caches_(caches), docids_(std::move(docids)) {
  std::sort(docids_.begin(), docids_.end());
  if (query.root) Collect(*query.root, units_);
}

void WordMatches::Collect(const QueryNode& node, std::vector<Unit>& units) const {
  if (node.IsLeaf()) return units.push_back(UnitOf(node));
  if (node.kind == NodeKind::kNot) return;
  if (node.kind != NodeKind::kExpanded) {
    for (const QueryNode& child : node.children)
      Collect(child, units);
    return;
  }
  const QueryNode& asked = node.children[0];
  Unit unit;
  if (asked.IsLeaf()) {
    unit = UnitOf(asked);
  } else {
    Collect(asked, unit.parts);
    for (const QueryWord& word : node.words)
      absl::StrAppend(&unit.word, unit.word.empty() ? "" : " ", word.text);
  }
  for (size_t i = 1; i < node.children.size(); ++i)
    AddOptions(node.children[i], node.children[i].match_kind, unit);
  std::stable_sort(unit.options.begin(), unit.options.end(),
                   [](const Option& a, const Option& b) { return a.kind < b.kind; });
  units.push_back(std::move(unit));
}

WordMatches::Unit WordMatches::UnitOf(const QueryNode& leaf) const {
  Unit unit;
  unit.word = WriteWords(leaf);
  AddOptions(leaf, v1::MATCH_KIND_EXACT, unit);
  return unit;
}

// The ways to meet a leaf, none of them better than `at_best`.
void WordMatches::AddOptions(const QueryNode& leaf, v1::MatchKind at_best, Unit& unit) const {
  const std::string written = WriteWords(leaf);
  if (leaf.kind == NodeKind::kWildcard) {
    for (const std::string& form : leaf.forms)
      unit.options.push_back({at_best, form, {IndexTerm({form, false, 0}, leaf.field)}});
    return;
  }
  if (leaf.kind == NodeKind::kWord) {
    unit.options.push_back({at_best, written, {IndexTerm({leaf.words[0].text, false, 0}, leaf.field)}});
    for (const LookupTerm& term : lookup_.Terms(leaf)) {
      const bool asked = at_best == v1::MATCH_KIND_EXACT;
      if (term.stemmed) {
        unit.options.push_back(
            {std::max(at_best, v1::MATCH_KIND_STEM), asked ? term.text : written, {IndexTerm(term, leaf.field)}});
      }
    }
    return;
  }
  Option option{at_best, written, {}, leaf.distance, leaf.kind == NodeKind::kPrefix};
  for (const LookupTerm& term : lookup_.Terms(leaf))
    option.terms.push_back(IndexTerm(term, leaf.field));
  unit.options.push_back(std::move(option));
}

void WordMatches::Describe(Xapian::docid docid, v1::SearchHit& hit) {
  v1::MatchKind worst = v1::MATCH_KIND_UNSPECIFIED;
  for (const Unit& unit : units_) {
    std::vector<v1::MatchedWord> met;
    Meet(unit, docid, met);
    for (v1::MatchedWord& word : met) {
      auto same = [&](const auto& known) { return known.word() == word.word(); };
      if (std::any_of(hit.matched_words().begin(), hit.matched_words().end(), same)) continue;
      worst = std::max(worst, word.kind());
      *hit.add_matched_words() = std::move(word);
    }
  }
  hit.set_match_kind(worst);
}

bool WordMatches::Meet(const Unit& unit, Xapian::docid docid, std::vector<v1::MatchedWord>& met) {
  std::vector<v1::MatchedWord> parts;
  size_t found = 0;
  for (const Unit& part : unit.parts)
    found += Meet(part, docid, parts) ? 1 : 0;
  bool whole = !unit.parts.empty() && found == unit.parts.size();
  std::string form;
  for (const Option& option : unit.options) {
    if (whole || !Holds(option, docid, form)) continue;
    met.push_back(Matched(unit.word, option.kind, form));
    return true;
  }
  std::move(parts.begin(), parts.end(), std::back_inserter(met));
  return whole;
}

bool WordMatches::Holds(const Option& option, Xapian::docid docid, std::string& form) {
  form = option.form;
  if (option.prefix) {
    auto term = reader_.database().termlist_begin(docid);
    term.skip_to(option.terms.front());
    if (term == reader_.database().termlist_end(docid) || !(*term).starts_with(option.terms.front())) return false;
    form = DescribeTerm(*term).text;
    return true;
  }
  for (const std::string& term : option.terms) {
    if (!Has(term, docid)) return false;
  }
  return option.terms.size() == 1 || StandInOrder(option, docid);
}

bool WordMatches::Has(const std::string& term, Xapian::docid docid) {
  auto known = known_.find(term);
  if (known == known_.end()) {
    const std::vector<Xapian::termcount> counts = OccurrencesOf(term, docids_, reader_, columns_, &caches_.postings);
    std::vector<Xapian::docid> having;
    for (size_t i = 0; i < docids_.size(); ++i)
      if (counts[i] > 0) having.push_back(docids_[i]);
    known = known_.emplace(term, std::move(having)).first;
  }
  return std::binary_search(known->second.begin(), known->second.end(), docid);
}

bool WordMatches::StandInOrder(const Option& option, Xapian::docid docid) const {
  std::vector<Places> places;
  for (const std::string& term : option.terms)
    places.push_back(caches_.places.Get(reader_, docid, term));
  const auto width = static_cast<Xapian::termpos>(option.terms.size() - 1 + option.distance);
  for (const Xapian::termpos start : places.front()) {
    Xapian::termpos at = start;
    size_t placed = 1;
    for (; placed < places.size(); ++placed) {
      const auto next = std::upper_bound(places[placed].begin(), places[placed].end(), at);
      if (next == places[placed].end() || *next > start + width) break;
      at = *next;
    }
    if (placed == places.size()) return true;
  }
  return false;
}

}  // namespace broadsheet::search
