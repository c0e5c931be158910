#include "search/match/cost.h"

#include <algorithm>
#include <set>
#include <string>

#include "search/match/newest_first.h"
#include "search/match/page.h"
#include "search/match/word_sweep.h"
#include "search/query/terms.h"

namespace broadsheet::search {
namespace {

constexpr int64_t kPlaces = 3;                         // reading the places of a word in an article, in entries
constexpr int64_t kSeenOfShard = 2 * kCountedMatches;  // for a page of the newest (newest_first.h), about
constexpr int64_t kFacetCost = 1'000;                  // putting the values of a facet in order, in entries
constexpr int64_t kPrefixCost = 50'000;                // the words that begin so are found only by the match

class CostEstimate {
 public:
  CostEstimate(const SearchQuery& query, const Reader& reader)
      : lookup_(reader.languages(), query.exact_words),
        frequencies_(reader.frequencies()),
        documents_(reader.database().get_doccount()) {}

  int64_t documents() const { return documents_; }

  int64_t Of(const QueryNode& node) const {
    switch (node.kind) {
      case NodeKind::kAll:
        return OfRarest(node, 1);
      case NodeKind::kNear:
      case NodeKind::kSentence:
      case NodeKind::kParagraph:
        return OfRarest(node, kPlaces);
      case NodeKind::kAny:
      case NodeKind::kExpanded:
        return OfEach(node);
      case NodeKind::kNot:
        return documents_ + Of(node.children[0]);
      default:
        return OfLeaf(node);
    }
  }

 private:
  int64_t OfEach(const QueryNode& node) const {
    int64_t sum = 0;
    for (const QueryNode& child : node.children)
      sum += Of(child);
    return sum;
  }

  // The entries of the rarest part are looked for in the lists of the others.
  int64_t OfRarest(const QueryNode& node, int64_t work) const {
    int64_t least = documents_;
    for (const QueryNode& child : node.children) {
      if (child.kind != NodeKind::kNot) least = std::min(least, Of(child));
    }
    return least * static_cast<int64_t>(node.children.size()) * work;
  }

  int64_t OfLeaf(const QueryNode& leaf) const {
    if (leaf.kind == NodeKind::kPrefix) return kPrefixCost;
    int64_t sum = 0;
    int64_t least = documents_;
    auto add = [&](const LookupTerm& term) {
      const int64_t entries = frequencies_.Of(IndexTerm(term, leaf.field));
      sum += entries;
      least = std::min(least, entries);
    };
    if (leaf.kind == NodeKind::kWildcard) {
      for (const std::string& form : leaf.forms)
        add({form, false, 0});
      return sum;
    }
    const std::vector<LookupTerm> terms = lookup_.Terms(leaf);
    for (const LookupTerm& term : terms)
      add(term);
    const bool phrase = leaf.kind == NodeKind::kPhrase && terms.size() > 1;
    return phrase ? least * static_cast<int64_t>(terms.size()) * kPlaces : sum;
  }

  const TermLookup lookup_;
  TermFrequencies& frequencies_;
  const int64_t documents_;
};

bool IsPageByRelevance(const SearchQuery& query) {
  return !ByDate(query) && !query.group.has_value() && !query.fairness.has_value();
}

// How many entries a page by relevance passes over for each that it looks at, about: whole blocks of them for one word,
// fewer where several words add up.
int64_t SkippedOf(const QueryNode& root) {
  if (root.kind == NodeKind::kWord || root.kind == NodeKind::kExpanded) return 32;
  return root.kind == NodeKind::kAny && HasWordsOnly(root) ? 4 : 1;
}

// Whether every entry of the lists of a query is a match.
bool EachEntryMatches(const SearchQuery& query) {
  const auto& root = query.text.root;
  if (query.filter.has_value()) return false;
  return !root.has_value() || root->kind == NodeKind::kWord || root->kind == NodeKind::kExpanded ||
         (root->kind == NodeKind::kAny && HasWordsOnly(*root));
}

// Of so many entries, those that are seen for a page of the newest.
int64_t OfNewest(int64_t entries, const Reader& reader) {
  int64_t seen = 0;
  for (const OpenShard& shard : reader.shards()) {
    const int64_t share = entries * shard.database.get_doccount() / std::max(1U, reader.database().get_doccount());
    seen += shard.entry.state == ShardState::kSealed ? std::min(share, kSeenOfShard) : share;
  }
  return seen;
}

// How often all matches are gone through: for what needs every one, and for each set of filters that facets leave out.
int64_t SweepsOf(const SearchQuery& query) {
  bool all = !IsPageByRelevance(query) || query.exact_total;
  std::set<std::set<std::string>> left_out;
  for (const FacetSpec& facet : query.facets) {
    all = all || facet.excluded_filter_fields.empty();
    if (!facet.excluded_filter_fields.empty()) left_out.insert(facet.excluded_filter_fields);
  }
  return (all ? 1 : 0) + static_cast<int64_t>(left_out.size());
}

}  // namespace

int64_t EstimateCost(const SearchQuery& query, const Reader& reader) {
  const CostEstimate estimate(query, reader);
  const auto& root = query.text.root;
  int64_t once = root.has_value() ? estimate.Of(*root) : estimate.documents();
  if (AsksForNewest(query) && EachEntryMatches(query)) once = OfNewest(once, reader);
  const int64_t page = IsPageByRelevance(query) ? once / (root.has_value() ? SkippedOf(*root) : 1) : 0;
  return page + once * SweepsOf(query) + kFacetCost * static_cast<int64_t>(query.facets.size());
}

}  // namespace broadsheet::search
