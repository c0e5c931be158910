#pragma once

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "common/base/call_context.h"
#include "common/base/clock.h"
#include "search/discover/query.h"
#include "search/index/reader_pool.h"

namespace broadsheet::search {

// Says what matches are about: query -> the best kCountedArticles matches (without words in the query: as many, spread
// evenly over all) -> their terms, counted -> those that the rest of the index has far less often, by
// LogLikelihoodRatio. Thread-safe.
class SignificantTermsFinder {
 public:
  // Both must outlive it. The clock says which embargoes have passed: it is read once for each call.
  SignificantTermsFinder(ReaderPool& readers, const Clock& clock) : readers_(readers), clock_(clock) {}

  // Errors as Searcher::Search.
  absl::StatusOr<v1::SignificantTermsResponse> Find(const SignificantQuery& query, const CallContext& context) const;

 private:
  ReaderPool& readers_;
  const Clock& clock_;
};

}  // namespace broadsheet::search
