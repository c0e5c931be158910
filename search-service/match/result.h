#pragma once

#include <string>
#include <vector>

#include "broadsheet/v1/search.pb.h"
#include "search/index/reader.h"
#include "search/query/query_syntax.h"
#include "search/query/rewrite.h"

namespace broadsheet::search {

// The answer to a SearchQuery, all of it from one snapshot.
struct SearchResult {
  std::vector<v1::SearchHit> hits;
  std::vector<v1::HitGroup> groups;  // when asked for; hits is empty then
  int64_t total_groups = 0;
  v1::Total total;
  std::vector<v1::FacetResult> facets;  // in the order of the query's
  std::vector<Note> notes;              // on the query, for what the index holds
  std::vector<Expansion> expansions;    // words that were looked for beside those of the query
  std::string suggestion;               // the query as it may have been meant; empty: none
  Snapshot snapshot;
  std::string next_page_token;  // empty at the end
  v1::EarlyStop early_stop = v1::EARLY_STOP_UNSPECIFIED;
  bool snapshot_changed = false;
  bool postponed = false;  // nothing was done: the search is heavy, and it is not the time for one
  size_t bytes = 0;        // of hits and facets, serialised
};

// Replies end before they are larger than this: clients take 4 MB by default.
inline constexpr size_t kMaxReplyBytes = 3'500'000;

}  // namespace broadsheet::search
