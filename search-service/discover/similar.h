#pragma once

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "common/base/call_context.h"
#include "common/base/clock.h"
#include "search/discover/query.h"
#include "search/index/reader_pool.h"

namespace broadsheet::search {

// Finds articles about the same: query -> article or text -> its profile (profile.h) -> any of the terms, weighed by
// BM25 times their frequency in it -> hits. Costs one match of at most kMaxProfileTerms terms. Thread-safe.
class SimilarFinder {
 public:
  // Both must outlive it. The clock says which embargoes have passed: it is read once for each call.
  SimilarFinder(ReaderPool& readers, const Clock& clock) : readers_(readers), clock_(clock) {}

  // NOT_FOUND (ARTICLE_NOT_FOUND) when there is no such article, or not yet. Other errors as Searcher::Search.
  absl::StatusOr<v1::SimilarArticlesResponse> Find(const SimilarQuery& query, const CallContext& context) const;

 private:
  ReaderPool& readers_;
  const Clock& clock_;
};

}  // namespace broadsheet::search
