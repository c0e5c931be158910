#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "broadsheet/v1/search.pb.h"
#include "search/query/facet_spec.h"
#include "search/query/filter.h"
#include "search/query/group_spec.h"
#include "search/query/page_token.h"
#include "search/query/query_syntax.h"
#include "search/query/ranking_spec.h"
#include "search/query/rewrite.h"

namespace broadsheet::search {

inline constexpr int kDefaultPageSize = 10;
inline constexpr int kMaxPageSize = 100;
inline constexpr int kDefaultSnippetBytes = 240;
inline constexpr int kMinSnippetBytes = 40;
inline constexpr int kMaxSnippetBytes = 2'000;
inline constexpr int kMaxSnippets = 5;

struct HighlightSpec {
  bool enabled = true;
  int snippet_bytes = kDefaultSnippetBytes;
  int max_snippets = 1;
};

// A SearchRequest that has been checked and understood, its defaults filled in: what the rest of the search works on.
struct SearchQuery {
  ParsedQuery text;
  bool exact_words = false;  // no stems
  WordOptions words;
  std::shared_ptr<const Synonyms> synonyms;  // the operator's; null: none
  bool rewritten = false;                    // text is what Rewrite made of it for a snapshot
  RankingSpec ranking;
  std::optional<Filter> filter;
  std::vector<FacetSpec> facets;
  int64_t facet_budget = 0;  // matches to count facets over; 0: all
  std::optional<GroupSpec> group;
  std::optional<FairnessSpec> fairness;   // never together with group
  v1::Order order = v1::ORDER_RELEVANCE;  // never unspecified
  int page_size = kDefaultPageSize;
  std::optional<PagePosition> after;             // absent on the first page; its lineage is yet to be checked
  v1::ArticleView view = v1::ARTICLE_VIEW_CARD;  // never unspecified
  HighlightSpec highlight;
  int64_t min_sequence = 0;
  std::string lineage;
  bool hide_copies = false;
  bool exact_total = false;
  bool explain = false;

  // Of everything that must be the same from page to page; for EncodePageToken.
  uint64_t fingerprint = 0;
};

}  // namespace broadsheet::search
