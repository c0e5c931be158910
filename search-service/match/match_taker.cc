#include "search/match/match_taker.h"

#include <algorithm>
#include <cmath>

namespace broadsheet::search {
namespace {

constexpr size_t kBatch = 512;

}  // namespace

void MatchTaker::BeginShard(const ShardView& view) {
  view_ = view;
  begun_ = false;
}

void MatchTaker::Take(Xapian::docid docid, double weight) {
  ++count_;
  const double rounded = RoundedWeight(weight);
  if (rounded >= best_.least()) best_.Offer(rounded, view_.InSnapshot(docid));
  if (sinks_.empty()) return;
  docids_.push_back(docid);
  weights_.push_back(rounded);
  if (docids_.size() == kBatch) Show();
}

void MatchTaker::EndShard() {
  Show();
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

void MatchTaker::Show() {
  if (docids_.empty()) return;
  for (MatchSink* sink : sinks_) {
    if (!begun_) sink->BeginShard(view_);
    sink->Take({docids_, weights_});
  }
  begun_ = true;
  docids_.clear();
  weights_.clear();
}

}  // namespace broadsheet::search
