#include "search/match/word_plan.h"

#include <algorithm>
#include <utility>

#include "search/columns/shard_columns.h"
#include "search/match/length_weights.h"
#include "search/match/ranking.h"
#include "search/match/word_sweep.h"
#include "search/query/compile.h"

namespace broadsheet::search {
namespace {

class Planner {
 public:
  Planner(const TermLookup& lookup, TermFrequencies& frequencies) : lookup_(lookup), frequencies_(frequencies) {}

  // Each returns whether that is all there is to it.
  bool AddText(const QueryNode& root) {
    if (!IsDecodable(root)) return false;
    if (root.kind != NodeKind::kAll) return AddPart(root);
    return std::all_of(root.children.begin(), root.children.end(),
                       [this](const auto& child) { return AddPart(child); });
  }

  bool AddFilter(const Filter& filter) {
    switch (filter.kind) {
      case FilterKind::kAllOf:
        return std::all_of(filter.children.begin(), filter.children.end(),
                           [this](const auto& child) { return AddFilter(child); });
      case FilterKind::kIn:
      case FilterKind::kExists:
        plan_.parts.push_back({{{.terms = TermsOf(filter), .bm25 = std::nullopt}}});
        return true;
      case FilterKind::kTimeRange:
      case FilterKind::kNumberRange:
        plan_.ranges.push_back({filter.field, filter.min, filter.max});
        return HasNumbers(*filter.field);
      default:
        return false;
    }
  }

  WordPlan Take() { return std::move(plan_); }

 private:
  bool AddPart(const QueryNode& node) {
    if (node.kind == NodeKind::kPhrase) return AddPhrase(node);
    WordPlan::Part part;
    if (!AddWords(node, 1, part)) return false;
    plan_.parts.push_back(std::move(part));
    return true;
  }

  // Each of its terms weighs what it weighs alone.
  bool AddPhrase(const QueryNode& node) {
    const std::vector<std::string> terms = lookup_.IndexTerms(node);
    for (const std::string& term : terms)
      plan_.parts.push_back({{{.terms = {term}, .bm25 = FormulaOf(frequencies_, {term}, kBm25)}}});
    if (terms.size() > 1) plan_.parts.push_back({{{.terms = terms, .phrase = true, .bm25 = std::nullopt}}});
    return true;
  }

  bool AddWords(const QueryNode& node, double scale, WordPlan::Part& part) const {
    if (node.kind == NodeKind::kAll || node.kind == NodeKind::kPhrase) return false;
    if (node.kind == NodeKind::kWord) {
      std::vector<std::string> terms = lookup_.IndexTerms(node);
      const Bm25Formula bm25 = FormulaOf(frequencies_, terms, kBm25);
      part.words.push_back({.terms = std::move(terms), .bm25 = bm25, .scale = scale, .known_only = true});
      return true;
    }
    const bool expanded = node.kind == NodeKind::kExpanded;
    bool all = true;
    for (size_t i = 0; i < node.children.size(); ++i)
      all = all && AddWords(node.children[i], expanded && i > 0 ? scale * node.children[i].scale : scale, part);
    return all;
  }

  const TermLookup& lookup_;
  TermFrequencies& frequencies_;
  WordPlan plan_;
};

}  // namespace

std::optional<WordPlan> PlanWords(const QueryNode& root, const Filter* filter, const TermLookup& lookup,
                                  TermFrequencies& frequencies) {
  Planner planner(lookup, frequencies);
  if (!planner.AddText(root) || (filter != nullptr && !planner.AddFilter(*filter))) return std::nullopt;
  return planner.Take();
}

}  // namespace broadsheet::search
