#pragma once

#include <optional>
#include <vector>

#include "search/match/facet_counter.h"
#include "search/match/measures.h"

namespace broadsheet::search {

// One bucket for each given range of numbers or times, in the order given; empty ones too. Ranges may overlap: their
// ends divide the numbers into pieces, and pieces are counted, so that an article costs the same however many there
// are.
class RangeCounter : public FacetCounter {
 public:
  explicit RangeCounter(const FacetSpec& spec);

  void BeginShard(const ShardView& shard) override;
  void Count(std::span<const Xapian::docid> docids) override;
  absl::StatusOr<v1::FacetResult> Finish() override;

 private:
  // The number of beginnings of pieces at or below `number`: the piece that it lies in.
  size_t PieceOf(int64_t number) const;
  void Measure(int64_t number, Xapian::docid docid);

  const FacetSpec& spec_;
  std::vector<int64_t> begins_;  // of pieces, ascending
  std::vector<int64_t> counts_;  // of pieces; the first is what lies below all begins_
  std::optional<Measures> measures_;
  const NumbersColumn* numbers_ = nullptr;  // of the shard
  int64_t missing_ = 0;
};

}  // namespace broadsheet::search
