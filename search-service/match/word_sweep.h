#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/base/call_context.h"
#include "search/columns/shard_columns.h"
#include "search/index/reader.h"
#include "search/match/docid_sets.h"
#include "search/match/postings_cache.h"
#include "search/match/sweep.h"
#include "search/query/query_syntax.h"
#include "search/query/terms.h"

namespace broadsheet::search {

// Whether a query has words only, joined by AND, OR and stand-ins.
bool HasWordsOnly(const QueryNode& root);

// Likewise with phrases among the words.
bool IsDecodable(const QueryNode& root);

// As Sweep without weights, for a query that IsDecodable, whose postings are all decoded: sets of articles are joined
// in memory, an article costs some nanoseconds where a match costs a hundred and more. Not thread-safe.
class WordSweep {
 public:
  // All must outlive it; `columns` are those of the reader's snapshot.
  WordSweep(const Reader& reader, const ColumnSet& columns, const TermLookup& lookup, PostingsCache& cache,
            const CallContext& context)
      : reader_(reader), columns_(columns), lookup_(lookup), cache_(cache), context_(context) {}

  // False when it shows nothing, since some postings are not decoded. It stops at the deadline: StatusException;
  // Xapian's exceptions pass through.
  bool Run(const QueryNode& root, std::span<MatchSink* const> sinks);

 private:
  static Docids WithoutSuperseded(Docids articles, const Docids& superseded);
  std::optional<Docids> Of(const QueryNode& node, size_t shard) const;
  std::optional<Docids> OfLeaf(const QueryNode& leaf, size_t shard) const;
  std::optional<std::vector<Docids>> OfEach(const QueryNode& node, size_t shard) const;

  const Reader& reader_;
  const ColumnSet& columns_;
  const TermLookup& lookup_;
  PostingsCache& cache_;
  const CallContext& context_;
};

}  // namespace broadsheet::search
