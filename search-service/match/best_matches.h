#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "broadsheet/v1/search.pb.h"
#include "search/match/match.h"
#include "xapian.h"

namespace broadsheet::search {

// Weights are compared in steps of 2^-36. The same weights summed up in another order differ by less: articles alike
// would change places from one page to the next with it.
inline double RoundedWeight(double weight) {
  constexpr double kSteps = 1ULL << 36;
  return static_cast<double>(static_cast<int64_t>(weight * kSteps + 0.5)) / kSteps;
}

// Step 1 of the order of relevance (relevance.h): matches by what their words weigh, rounded, the best first, ties by
// docid.
struct BestMatches {
  std::vector<Match> matches;
  v1::Total total;  // of all matches
};

// Finds the first `wanted`. May be asked several times, for more.
using FindBest = std::function<BestMatches(Xapian::doccount wanted)>;

// The first so many of the matches that it is offered. Not thread-safe.
class BestOf {
 public:
  explicit BestOf(size_t wanted) : wanted_(wanted) {}

  // What a match must weigh at least to be among them, as it stands; 0 until there are as many as are wanted.
  double least() const { return least_; }

  // `weight` is rounded; `docid` is that of the snapshot.
  void Offer(double weight, Xapian::docid docid);

  // All, the best first.
  std::vector<Match> Take();

 private:
  using Found = std::pair<double, Xapian::docid>;
  static bool IsBetter(const Found& a, const Found& b) {
    return a.first > b.first || (a.first == b.first && a.second < b.second);
  }

  const size_t wanted_;
  std::vector<Found> found_;  // a heap with the last of them in front
  double least_ = 0;
};

}  // namespace broadsheet::search
