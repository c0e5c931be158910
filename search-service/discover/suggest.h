#pragma once

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "common/base/call_context.h"
#include "common/base/clock.h"
#include "search/discover/lexicon_keeper.h"
#include "search/discover/query.h"
#include "search/index/reader_pool.h"

namespace broadsheet::search {

// Completes what somebody types: query -> words typed -> proposals of the lexicon -> counted in one snapshot. Proposals
// are as old as the lexicon and what was learned from texts, 20 times as long as these take to make at most; counts,
// and whether a word is in any article, are those of the snapshot, without what is hidden (hidden.h); that words stand
// together is never learned from an article with an embargo. discover-report measures the cost. Thread-safe.
class Suggester {
 public:
  // All must outlive it. The clock says which embargoes have passed: it is read once for each call.
  Suggester(ReaderPool& readers, const Clock& clock, const LexiconKeeper& keeper)
      : readers_(readers), clock_(clock), keeper_(keeper) {}

  // UNAVAILABLE (LEXICON_NOT_READY) with RetryInfo in the first moments. Other errors as Searcher::Search.
  absl::StatusOr<v1::SuggestResponse> Suggest(const SuggestQuery& query, const CallContext& context) const;

 private:
  ReaderPool& readers_;
  const Clock& clock_;
  const LexiconKeeper& keeper_;
};

}  // namespace broadsheet::search
