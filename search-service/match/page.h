#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "search/index/reader_pool.h"
#include "search/match/best_matches.h"
#include "search/match/match.h"
#include "search/match/search_caches.h"
#include "search/query/search_query.h"
#include "xapian.h"

namespace broadsheet::search {

// How far pages in the order of relevance go: beyond it each page costs more than it tells. Orders by date have no end.
inline constexpr int kMaxRelevanceDepth = 10'000;

// Matches looked at before a total may be an estimate.
inline constexpr int kCountedMatches = 1'000;

struct PageGroup {
  std::string value;  // of the field; of copies: the id of their original
  int64_t size = 0;   // matches in it
  size_t first = 0;   // in Page::matches: its first hit, the one that says where the group stands
  size_t hits = 0;    // how many of its hits follow each other there
};

// One page of matches.
struct Page {
  std::vector<Match> matches;     // at most page_size, or those of the groups
  std::vector<PageGroup> groups;  // at most page_size, when groups are asked for
  int64_t total_groups = 0;
  bool more = false;          // more follow
  int64_t offset = 0;         // matches or groups on the pages before, in the order of relevance or with fairness
  v1::Total total;            // of the whole query; not set by a Pager
  int64_t ranked_micros = 0;  // of the order of relevance: when the first page was asked for
};

// Finds the page of single hits in the order of relevance (relevance.h). The text of `query` is rewritten
// (query/rewrite.h); `asked` is the text as it was written. `now` is the time that ages count to on the first page.
// `columns` are those of the snapshot; none: the engine is asked. The total is that of `best`, which is asked once
// unless the query has factors. INVALID_ARGUMENT (PAGE_DEPTH) beyond kMaxRelevanceDepth. Xapian's exceptions pass
// through (CatchXapian).
absl::StatusOr<Page> FindByRelevance(const SearchQuery& query, const ParsedQuery& asked, const FindBest& best,
                                     Reader& reader, const ColumnSet& columns, SearchCaches& caches, absl::Time now);

// Where the page after the first `shown` matches, or groups, of this one begins; `last_id` is the last hit or the first
// one of the last group.
PagePosition PositionAfter(const SearchQuery& query, const Page& page, size_t shown, const std::string& last_id,
                           const Snapshot& snapshot);

bool ByDate(const SearchQuery& query);

// INVALID_ARGUMENT (PAGE_DEPTH) when `offset` is too deep.
absl::Status CheckDepth(int64_t offset);

}  // namespace broadsheet::search
