#pragma once

#include <vector>

#include "absl/time/time.h"
#include "search/columns/shard_columns.h"
#include "search/index/reader.h"
#include "search/match/best_matches.h"
#include "search/match/page.h"
#include "search/match/search_caches.h"
#include "search/query/search_query.h"
#include "xapian.h"

namespace broadsheet::search {

// How many of the best articles are looked at once more, for the forms and places of the words.
inline constexpr Xapian::doccount kLookedAtTwice = 100;

// The order of relevance. It is this, and the same on every page:
//   1. every match gets words * recency * source (score.h); ties by docid;
//   2. the first kLookedAtTwice of these get exact_form and proximity, which never take anything, added to their words,
//      and are put in order again among themselves; ties stay in the order of step 1.
// Groups and fair pages go by it, too (first_matches.h). So scores never rise from one hit to the next. Step 1 leaves
// matches out unseen where their greatest weight cannot reach the page (the engine's own pruning). With factors,
// candidates are asked for until no match beyond them could reach the page, so factors cost the more, the less the
// words tell.
struct RankedMatches {
  std::vector<Match> matches;  // the first ones
  bool more = false;           // there are more
  v1::Total total;
};

// The first `depth` matches, `best` of which has step 1. `asked` is the text of the query as it was written. `columns`
// and `caches` as CloserLook takes them. Ages count to `now`. Xapian's exceptions pass through.
RankedMatches RankMatches(const SearchQuery& query, const ParsedQuery& asked, const FindBest& best, Reader& reader,
                          const ColumnSet& columns, SearchCaches& caches, absl::Time now, Xapian::doccount depth);

}  // namespace broadsheet::search
