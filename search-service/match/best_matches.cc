#include "search/match/best_matches.h"

#include <algorithm>

namespace broadsheet::search {

void BestOf::Offer(double weight, Xapian::docid docid) {
  if (wanted_ == 0) return;
  const Found found{weight, docid};
  if (found_.size() == wanted_) {
    if (!IsBetter(found, found_.front())) return;
    std::pop_heap(found_.begin(), found_.end(), IsBetter);
    found_.back() = found;
  } else {
    found_.push_back(found);
  }
  std::push_heap(found_.begin(), found_.end(), IsBetter);
  if (found_.size() == wanted_) least_ = found_.front().first;
}

std::vector<Match> BestOf::Take() {
  std::sort_heap(found_.begin(), found_.end(), IsBetter);
  std::vector<Match> matches;
  matches.reserve(found_.size());
  for (const auto& [weight, docid] : found_) {
    Match match;
    match.docid = docid;
    match.parts.words = weight;
    match.score = match.parts.Score();
    matches.push_back(std::move(match));
  }
  return matches;
}

}  // namespace broadsheet::search
