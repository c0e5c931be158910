#pragma once

#include "common/base/call_context.h"
#include "search/index/reader.h"
#include "search/match/best_matches.h"
#include "search/match/sweep.h"
#include "search/query/search_query.h"
#include "xapian.h"

namespace broadsheet::search {

// Step 1 of the order of relevance by the engine's own match. Belongs to one thread. Xapian's exceptions pass through
// (CatchXapian).
class EngineMatch {
 public:
  // `matching` is the compiled query, with a deadline of its own unless WeightsKeepTime(query). At least `counted`
  // matches are counted before a total is an estimate. All but `query` and `matching` must outlive it. `spy`, if given,
  // is shown every match of the first Find, if the query has no expansion.
  EngineMatch(const SearchQuery& query, const Xapian::Query& matching, Reader& reader, const CallContext& context,
              Xapian::doccount counted, SinkSpy* spy = nullptr);

  BestMatches Find(Xapian::doccount wanted);

 private:
  Xapian::Enquire enquire_;
  const Xapian::doccount counted_;
  SinkSpy* const spy_;
};

}  // namespace broadsheet::search
