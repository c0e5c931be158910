#pragma once

#include <cstdint>

namespace broadsheet::search {

// Least score of a term that is told: by the chi-squared distribution with one degree of freedom, chance alone gets
// there once in a thousand terms.
inline constexpr double kLeastLikelihoodRatio = 10.83;

// How many of some articles have a term.
struct Share {
  int64_t with = 0;
  int64_t of = 0;
};

// Dunning's log-likelihood ratio ("Accurate Methods for the Statistics of Surprise and Coincidence", Computational
// Linguistics 19(1), 1993) of a term in two sets of articles that have none in common: how surprising the two shares
// are if one probability is behind both. 0 unless the share in `these` is the larger. Pure.
double LogLikelihoodRatio(Share these, Share others);

}  // namespace broadsheet::search
