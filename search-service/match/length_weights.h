#pragma once

#include <string>
#include <vector>

#include "common/base/call_context.h"
#include "search/columns/shard_columns.h"
#include "search/columns/term_frequencies.h"
#include "search/match/bm25.h"
#include "search/match/postings_cache.h"
#include "xapian.h"

namespace broadsheet::search {

// What articles with any of some terms weigh, as if it were one term (OP_SYNONYM). How many these are is estimated as
// the engine does: as if the terms were independent, in whole articles, term by term.
Bm25Formula FormulaOf(TermFrequencies& terms, const std::vector<std::string>& any, const Bm25Parameters& parameters);

// Makes the words of a query that are weighed by BM25 with the lengths of articles from columns, where the engine would
// look each one up in a posting list: what most of a match by relevance costs. The numbers are those of
// Xapian::BM25Weight over the whole database, computed in the same steps. The queries hold no terms any more: what
// needs terms (phrases, explanations) is made without. Belongs to one thread.
class LengthWeights {
 public:
  // `columns` are those of the snapshot that `terms` are of, which must outlive it, as `cache` must its queries. The
  // queries stop at the caller's deadline: StatusException.
  LengthWeights(TermFrequencies& terms, ColumnSet columns, const Bm25Parameters& parameters, CallContext context,
                PostingsCache& cache);

  // Articles with any of these terms, weighed as one term (as OP_SYNONYM). At least one. Weights may be scaled, by 1 at
  // most. Xapian's exceptions pass through (CatchXapian).
  Xapian::Query AnyOf(const std::vector<std::string>& terms) const;

 private:
  TermFrequencies& frequencies_;
  const ColumnSet columns_;
  const Bm25Parameters parameters_;
  const CallContext context_;
  PostingsCache& cache_;
};

}  // namespace broadsheet::search
