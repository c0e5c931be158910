#pragma once

#include <memory>
#include <span>
#include <vector>

#include "common/base/call_context.h"
#include "search/columns/shard_columns.h"
#include "search/index/reader.h"
#include "search/match/best_matches.h"
#include "search/match/match_sink.h"
#include "search/match/match_taker.h"
#include "search/match/postings_cache.h"
#include "search/match/word_plan.h"

namespace broadsheet::search {

// The best articles of a query of words, found in decoded postings, with the weights of the engine (bm25.h): an article
// costs some nanoseconds where a match of the engine costs a hundred. Not thread-safe.
class WordMatch {
 public:
  // Null when some of the postings are not decoded: of words that the engine does not ask for, it asks that they be.
  // `columns` are those of the reader's snapshot; all but the plan must outlive it.
  static std::unique_ptr<WordMatch> Open(WordPlan plan, const Reader& reader, const ColumnSet& columns,
                                         PostingsCache& cache, const CallContext& context);

  // The best `wanted`; every match is shown to the sinks. Without sinks the total may be an estimate beyond
  // kCountedMatches. It stops at the deadline: StatusException.
  BestMatches Find(Xapian::doccount wanted, std::span<MatchSink* const> sinks) const;

 private:
  // By part and word of the plan, in one shard.
  using ShardPostings = std::vector<std::vector<PostingsCache::Postings>>;

  WordMatch(WordPlan plan, const Reader& reader, const ColumnSet& columns, const CallContext& context);

  PostingsCache::Postings PostingsOf(const WordPlan::Word& word, size_t shard, PostingsCache& cache) const;
  void FindInShard(size_t shard, MatchTaker& taker) const;

  WordPlan plan_;
  const Reader& reader_;
  const ColumnSet& columns_;
  const CallContext& context_;
  std::vector<ShardPostings> postings_;  // by shard
};

}  // namespace broadsheet::search
