#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "search/index/reader_pool.h"
#include "search/match/score.h"
#include "search/query/search_query.h"
#include "xapian.h"

namespace broadsheet::search {

// How far pages in the order of relevance go: beyond it each page costs more than it tells. Orders by date have no end.
inline constexpr int kMaxRelevanceDepth = 10'000;

// Matches looked at before a total may be an estimate.
inline constexpr int kCountedMatches = 1'000;

struct Match {
  Xapian::docid docid = 0;
  double score = 0;  // by relevance: what ScoreParts says
  ScoreParts parts;
  std::string key;  // orders by date: its sort key
};

// One page of matches.
struct Page {
  std::vector<Match> matches;  // at most page_size
  bool more = false;           // more follow
  int64_t offset = 0;          // matches on the pages before, in the order of relevance
  v1::Total total;             // of the whole query
  int64_t ranked_micros = 0;   // when the first page was asked for
};

// Finds the page that a query asks for, its text rewritten (query/rewrite.h); `asked` is the text as it was written.
// `now` is the time that ages count to on the first page. `matching` is the compiled query, with a deadline of its own
// unless WeightsKeepTime(query); `spy`, which may be null,
// sees every match in the orders by date, and none in the order of relevance. Totals by relevance may be estimates
// beyond kCountedMatches, whatever the query asks. INVALID_ARGUMENT (PAGE_DEPTH) beyond
// kMaxRelevanceDepth. Xapian's exceptions pass through (CatchXapian).
absl::StatusOr<Page> FindPage(const SearchQuery& query, const ParsedQuery& asked, const Xapian::Query& matching,
                              Reader& reader, absl::Time now, const CallContext& context, Effort effort,
                              Xapian::MatchSpy* spy);

// Where the page after `last`, the last hit that was shown, begins; `shown` of the page's matches were.
PagePosition PositionAfter(const SearchQuery& query, const Page& page, size_t shown, const std::string& last_id,
                           const Snapshot& snapshot);

bool ByDate(const SearchQuery& query);

}  // namespace broadsheet::search
