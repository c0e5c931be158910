#include "search/match/word_match.h"

#include <functional>
#include <utility>

#include "search/index/caller.h"
#include "search/match/word_run.h"

namespace broadsheet::search {

WordMatch::WordMatch(WordPlan plan, const Reader& reader, const ColumnSet& columns, const CallContext& context)
    : plan_(std::move(plan)), reader_(reader), columns_(columns), context_(context) {}

std::unique_ptr<WordMatch> WordMatch::Open(WordPlan plan, const Reader& reader, const ColumnSet& columns,
                                           PostingsCache& cache, const CallContext& context) {
  std::unique_ptr<WordMatch> match(new WordMatch(std::move(plan), reader, columns, context));
  bool decoded = true;
  for (size_t shard = 0; shard < columns.size(); ++shard) {
    ShardPostings& postings = match->postings_.emplace_back();
    for (const WordPlan::Part& part : match->plan_.parts) {
      auto& words = postings.emplace_back();
      for (const WordPlan::Word& word : part.words) {
        if (!decoded && word.known_only) continue;
        words.push_back(match->PostingsOf(word, shard, cache));
        decoded = decoded && words.back() != nullptr;
      }
    }
  }
  return decoded ? std::move(match) : nullptr;
}

PostingsCache::Postings WordMatch::PostingsOf(const WordPlan::Word& word, size_t shard, PostingsCache& cache) const {
  const ShardColumns& columns = *columns_[shard];
  const Xapian::Database& database = reader_.shards()[shard].database;
  if (word.phrase) return cache.GetPhrase(database, columns, word.terms, context_);
  if (word.known_only) return cache.KnownOrFew(database, columns, word.terms, context_);
  return cache.Get(database, columns, word.terms, context_);
}

BestMatches WordMatch::Find(Xapian::doccount wanted, std::span<MatchSink* const> sinks) const {
  MatchTaker taker(wanted, sinks);
  for (size_t shard = 0; shard < columns_.size(); ++shard)
    FindInShard(shard, taker);
  taker.End();
  return {taker.TakeBest(), taker.Total()};
}

void WordMatch::FindInShard(size_t shard, MatchTaker& taker) const {
  const ShardColumns& columns = *columns_[shard];
  std::vector<WordRun::Part> parts;
  for (size_t i = 0; i < plan_.parts.size(); ++i) {
    WordRun::Part& part = parts.emplace_back();
    for (size_t word = 0; word < plan_.parts[i].words.size(); ++word)
      part.words.emplace_back(plan_.parts[i].words[word], *postings_[shard][i][word], columns.lengths);
  }
  taker.BeginShard({&columns, static_cast<Xapian::docid>(shard), static_cast<Xapian::docid>(columns_.size())});
  const std::function<void()> look = [this] { ThrowUnlessWaiting(context_); };
  WordRun(std::move(parts), plan_.ranges, columns, reader_.shards()[shard].superseded, look, taker).Go();
}

}  // namespace broadsheet::search
