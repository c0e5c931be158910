#pragma once

#include <cstdint>

#include "search/match/facet_counter.h"

namespace broadsheet::search {

// Smallest, largest and mean value of a number.
class NumberStats : public FacetCounter {
 public:
  explicit NumberStats(const FacetSpec& spec) : spec_(spec) {}

  void BeginShard(const ShardView& shard) override;
  void Count(std::span<const Xapian::docid> docids) override;
  absl::StatusOr<v1::FacetResult> Finish() override;

 private:
  const FacetSpec& spec_;
  const NumbersColumn* numbers_ = nullptr;  // of the shard
  int64_t count_ = 0;
  int64_t missing_ = 0;
  int64_t min_ = 0;
  int64_t max_ = 0;
  double sum_ = 0;  // of whole numbers: exact up to 2^53
};

}  // namespace broadsheet::search
