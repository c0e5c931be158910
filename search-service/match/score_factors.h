#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "search/columns/shard_columns.h"
#include "search/match/page.h"
#include "search/query/ranking_spec.h"
#include "xapian.h"

namespace broadsheet::search {

// What age and outlet do to the scores of one query. Thread-safe.
class ScoreFactors {
 public:
  // `spec` must outlive it.
  ScoreFactors(const RankingSpec& spec, absl::Time now) : spec_(spec), now_(now) {}

  // Sets recency and source of each match. Xapian's exceptions pass through.
  void Apply(const Xapian::Database& database, std::vector<Match>& matches) const;

  // The same for articles of one shard, from its columns.
  class OfShard {
   public:
    // Both must outlive it.
    OfShard(const ScoreFactors& factors, const ShardColumns& columns);

    // Sets recency and source of the article, by its docid in the shard.
    void Apply(Xapian::docid docid, ScoreParts& parts) const;

   private:
    const ScoreFactors& factors_;
    const NumbersColumn& published_;
    const TermsColumn& sources_;
    std::vector<double> weights_;  // by ordinal of the source; empty when all are 1
  };

  // No article has a larger factor.
  double largest() const;

 private:
  // 1 for what is new or comes from the future, 1 - weight for the oldest and the undated.
  double RecencyOf(int64_t published_micros) const;
  double WeightOf(std::string_view source) const;

  const RankingSpec& spec_;
  const absl::Time now_;
};

}  // namespace broadsheet::search
