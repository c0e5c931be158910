#pragma once

#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/call_context.h"
#include "common/base/clock.h"
#include "search/index/reader_pool.h"
#include "search/match/result.h"
#include "search/match/search_caches.h"
#include "search/query/rewrite.h"
#include "search/query/search_query.h"

namespace broadsheet::search {

inline constexpr int kMaxBatchRequests = 20;  // of SearchAll

// Answers questions over the newest snapshot of an index. Thread-safe.
class Searcher {
 public:
  // Both must outlive it. The clock says which embargoes have passed: it is read once for each search. `few` as
  // PostingsCache takes it; with 0, what was not asked for before is left to the engine.
  Searcher(ReaderPool& readers, const Clock& clock, uint64_t few = PostingsCache::kFew)
      : readers_(readers), clock_(clock), caches_(few) {}

  // Page, total and facets, all from one snapshot. INVALID_ARGUMENT for a token of another lineage or too deep a page;
  // FAILED_PRECONDITION when the snapshot lacks min_sequence or has another lineage (it does not wait:
  // SnapshotWatcher); DEADLINE_EXCEEDED or CANCELLED soon after the caller gave up; errors of ReaderPool::Run.
  //
  // A search that turns out to be heavy (cost.h) and may not be ends before the work begins: the result says
  // `postponed` and holds nothing else.
  absl::StatusOr<SearchResult> Search(const SearchQuery& query, const CallContext& context,
                                      bool may_be_heavy = true) const;

  // The text of a query as Search rewrites it for the newest snapshot. When there is no index, only the text itself.
  RewrittenQuery Understand(const SearchQuery& query, const CallContext& context) const;

  // Several answers from one snapshot, each with a status of its own. What does not fit into one reply any more is
  // RESOURCE_EXHAUSTED (REPLY_FULL). Errors of the whole are those of ReaderPool::Run.
  struct Batch {
    std::vector<absl::StatusOr<SearchResult>> results;  // in the order of the queries
    Snapshot snapshot;
  };
  absl::StatusOr<Batch> SearchAll(const std::vector<SearchQuery>& queries, const CallContext& context) const;

  const SearchCaches& caches() const { return caches_; }

 private:
  ReaderPool& readers_;
  const Clock& clock_;
  mutable SearchCaches caches_;
};

}  // namespace broadsheet::search
