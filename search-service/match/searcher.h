#pragma once

#include "absl/status/statusor.h"
#include "common/base/call_context.h"
#include "common/base/clock.h"
#include "search/index/reader_pool.h"
#include "search/match/result.h"
#include "search/query/rewrite.h"
#include "search/query/search_query.h"
#include "search/query/synonyms.h"

namespace broadsheet::search {

// Answers questions over the newest snapshot of an index. Thread-safe.
class Searcher {
 public:
  // All must outlive it. The clock says which embargoes have passed: it is read once for each search. No synonyms when
  // `synonyms` is null.
  Searcher(ReaderPool& readers, const Clock& clock, SynonymFile* synonyms = nullptr)
      : readers_(readers), clock_(clock), synonyms_(synonyms) {}

  // Page, total and facets, all from one snapshot. INVALID_ARGUMENT for a token of another lineage or too deep a page;
  // FAILED_PRECONDITION when the snapshot lacks min_sequence or has another lineage (it does not wait:
  // SnapshotWatcher); DEADLINE_EXCEEDED or CANCELLED soon after the caller gave up; errors of ReaderPool::Run.
  absl::StatusOr<SearchResult> Search(const SearchQuery& query, const CallContext& context) const;

  // The text of a query as Search rewrites it for the newest snapshot. When there is no index, only the text itself.
  RewrittenQuery Understand(const ParsedQuery& text, const WordOptions& options, const CallContext& context) const;

 private:
  ReaderPool& readers_;
  const Clock& clock_;
  SynonymFile* const synonyms_;
};

}  // namespace broadsheet::search
