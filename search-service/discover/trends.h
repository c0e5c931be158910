#pragma once

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "common/base/call_context.h"
#include "common/base/clock.h"
#include "search/discover/query.h"
#include "search/index/reader_pool.h"

namespace broadsheet::search {

// Says which terms rise: query -> the articles of window and baseline -> candidates, from kCountedArticles of each,
// spread evenly -> the best kMaxCandidates of them counted exactly over all -> those whose share is larger in the
// window, by LogLikelihoodRatio. Thread-safe.
class TrendsFinder {
 public:
  // Both must outlive it. The clock says which embargoes have passed: it is read once for each call.
  TrendsFinder(ReaderPool& readers, const Clock& clock) : readers_(readers), clock_(clock) {}

  // Without articles on either side there are no trends. Errors as Searcher::Search.
  absl::StatusOr<v1::TrendsResponse> Find(const TrendsQuery& query, const CallContext& context) const;

 private:
  ReaderPool& readers_;
  const Clock& clock_;
};

}  // namespace broadsheet::search
