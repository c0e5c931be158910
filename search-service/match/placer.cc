#include "search/match/placer.h"

namespace broadsheet::search {

Placer::Placer(const SearchQuery& query, absl::Time now)
    : query_(query),
      ranked_micros_(query.after.has_value() ? query.after->ranked_micros : absl::ToUnixMicros(now)),
      factors_(query.ranking, absl::FromUnixMicros(ranked_micros_)) {}

void Placer::BeginShard(const ShardView& shard) {
  shard_ = shard;
  published_ = &shard.columns->Numbers(FieldId::kPublishedTime);
  sequences_ = &shard.columns->Numbers(FieldId::kSequence);
  if (query_.ranking.HasFactors()) factors_here_.emplace(factors_, *shard.columns);
}

Match Placer::Of(const Batch& batch, size_t i) const {
  const Xapian::docid docid = batch.docids[i];
  Match match;
  match.docid = shard_.InSnapshot(docid);
  if (ByDate(query_)) {
    match.place = PlaceByDate((*published_)[docid], (*sequences_)[docid], query_.order == v1::ORDER_NEWEST);
    return match;
  }
  match.parts.words = batch.weights[i];
  if (factors_here_.has_value()) factors_here_->Apply(docid, match.parts);
  match.score = match.parts.Score();
  match.place = PlaceByWeight(match.score, match.docid);
  return match;
}

}  // namespace broadsheet::search
