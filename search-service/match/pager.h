#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "search/match/page.h"
#include "search/match/sweep.h"

namespace broadsheet::search {

// Makes a page out of all matches: by date, of groups, or with fairness. Not thread-safe.
class Pager : public MatchSink {
 public:
  // The page, once all matches were shown; its total is left to the caller. INVALID_ARGUMENT (PAGE_DEPTH) when it is
  // too deep.
  virtual absl::StatusOr<Page> Finish(Reader& reader) = 0;
};

// The pager for `query`, which must outlive it; null when single hits by relevance are asked for, which need no look
// at all matches (FindByRelevance).
std::unique_ptr<Pager> MakePager(const SearchQuery& query);

// Gives matches their places in the order that a query asks for.
class Placer {
 public:
  explicit Placer(v1::Order order) : order_(order) {}

  void BeginShard(const ShardView& shard) {
    shard_ = shard;
    published_ = &shard.columns->Numbers(FieldId::kPublishedTime);
    sequences_ = &shard.columns->Numbers(FieldId::kSequence);
  }

  // The i-th match of a batch.
  Match Of(const Batch& batch, size_t i) const {
    const Xapian::docid docid = batch.docids[i];
    const Xapian::docid in_snapshot = shard_.InSnapshot(docid);
    if (order_ == v1::ORDER_RELEVANCE) {
      return {in_snapshot, batch.weights[i], PlaceByWeight(batch.weights[i], in_snapshot), {.words = batch.weights[i]}};
    }
    return {in_snapshot, 0, PlaceByDate((*published_)[docid], (*sequences_)[docid], order_ == v1::ORDER_NEWEST), {}};
  }

 private:
  const v1::Order order_;
  ShardView shard_;
  const std::vector<int64_t>* published_ = nullptr;
  const std::vector<int64_t>* sequences_ = nullptr;
};

// The earlier match first.
inline bool Earlier(const Match& left, const Match& right) {
  return left.place > right.place;
}

}  // namespace broadsheet::search
