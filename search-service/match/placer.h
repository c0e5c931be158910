#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "search/match/page.h"
#include "search/match/score_factors.h"
#include "search/match/sweep.h"

namespace broadsheet::search {

// Gives the matches of a sweep their places in the order that a query asks for; in the order of relevance those of its
// step 1 (relevance.h). Not thread-safe.
class Placer {
 public:
  // `query` must outlive it. `now` is the time that ages count to on the first page.
  Placer(const SearchQuery& query, absl::Time now);

  void BeginShard(const ShardView& shard);

  // The i-th match of a batch.
  Match Of(const Batch& batch, size_t i) const;

  // Page::ranked_micros.
  int64_t ranked_micros() const { return ranked_micros_; }

 private:
  const SearchQuery& query_;
  const int64_t ranked_micros_;
  const ScoreFactors factors_;
  ShardView shard_;
  const NumbersColumn* published_ = nullptr;
  const NumbersColumn* sequences_ = nullptr;
  std::optional<ScoreFactors::OfShard> factors_here_;  // when there are factors
};

// The earlier match first.
inline bool Earlier(const Match& left, const Match& right) {
  return left.place > right.place;
}

}  // namespace broadsheet::search
