#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "broadsheet/v1/search.pb.h"
#include "search/match/match.h"
#include "xapian.h"

namespace broadsheet::search {

// Step 1 of the order of relevance (relevance.h): matches by what their words weigh, the best first, ties by docid.
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

  // `docid` is that of the snapshot.
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
