#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "search/match/page.h"
#include "search/match/sweep.h"

namespace broadsheet::search {

// Makes a page out of all matches: by date, of groups, or with fairness. Not thread-safe.
class Pager : public MatchSink {
 public:
  // The page, once all matches were shown; its total is left to the caller. INVALID_ARGUMENT (PAGE_DEPTH) when it is
  // too deep.
  virtual absl::StatusOr<Page> Finish(Reader& reader, const ColumnSet& columns) = 0;
};

// Whether a page is made out of all matches. Single hits by relevance need no look at all of them (FindByRelevance).
bool NeedsPager(const SearchQuery& query);

// The pager for `query`, whose text is rewritten; `asked` is the text as it was written. Both must outlive it. `now` is
// the time that ages count to on the first page. Null unless NeedsPager.
std::unique_ptr<Pager> MakePager(const SearchQuery& query, const ParsedQuery& asked, absl::Time now);

}  // namespace broadsheet::search
