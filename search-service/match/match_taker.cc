#include "search/match/match_taker.h"

#include <algorithm>
#include <cmath>

namespace broadsheet::search {

void MatchTaker::BeginShard(const ShardView& view) {
  view_ = view;
  batches_.Begin(view);
}

void MatchTaker::Take(Xapian::docid docid, double weight) {
  ++count_;
  const double rounded = RoundedWeight(weight);
  if (rounded >= best_.least()) best_.Offer(rounded, view_.InSnapshot(docid));
  if (!batches_.empty()) batches_.Add(docid, rounded);
}

void MatchTaker::LeaveOutAbout(double matches) {
  left_out_ += std::max(0.0, matches);
  exact_ = false;
}

v1::Total MatchTaker::Total() const {
  v1::Total total;
  total.set_value(static_cast<int64_t>(count_) + std::llround(left_out_));
  total.set_relation(exact_ ? v1::TOTAL_RELATION_EXACT : v1::TOTAL_RELATION_ESTIMATE);
  return total;
}

}  // namespace broadsheet::search
