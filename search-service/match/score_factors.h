#pragma once

#include <vector>

#include "absl/time/time.h"
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

  // No article has a larger factor.
  double largest() const;

 private:
  // 1 for what is new or comes from the future, 1 - weight for the oldest and the undated.
  double RecencyOf(const std::string& published) const;

  const RankingSpec& spec_;
  const absl::Time now_;
};

}  // namespace broadsheet::search
