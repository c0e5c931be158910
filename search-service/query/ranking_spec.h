#pragma once

#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search.pb.h"

namespace broadsheet::search {

inline constexpr int kMaxSourceWeights = 100;
inline constexpr double kMaxSourceWeight = 10;
inline constexpr double kDefaultRecencyWeight = 0.3;
inline constexpr absl::Duration kShortestHalfLife = absl::Minutes(1);
inline constexpr absl::Duration kLongestHalfLife = absl::Hours(24 * 36'500);
inline constexpr int kMaxExpansionDocuments = 50;
inline constexpr int kMaxExpansionTerms = 50;
static_assert(kMaxExpansionDocuments == kMaxExpansionTerms);  // one limit in SearchLimits
inline constexpr int kDefaultExpansion = 10;                  // of documents and of terms

struct Recency {
  absl::Duration half_life;
  double weight = kDefaultRecencyWeight;
};

struct QueryExpansion {
  int documents = kDefaultExpansion;
  int terms = kDefaultExpansion;
};

// A v1::RankingSpec that has been checked, its defaults filled in.
struct RankingSpec {
  bool exact_form = true;
  bool proximity = true;
  std::optional<Recency> recency;
  std::map<std::string, double, std::less<>> source_weights;
  std::optional<QueryExpansion> expansion;

  // Whether articles have factors of their own, whatever words they have.
  bool HasFactors() const { return recency.has_value() || !source_weights.empty(); }
};

// INVALID_ARGUMENT naming the path ("ranking.recency.half_life"), the limit, the way out.
absl::StatusOr<RankingSpec> ParseRanking(const v1::RankingSpec& spec);

}  // namespace broadsheet::search
