#pragma once

#include <vector>

#include "search/match/facet_counter.h"

namespace broadsheet::search {

// One bucket for each given range of numbers or times, in the order given; empty ones too. Ranges may overlap.
class RangeCounter : public FacetCounter {
 public:
  explicit RangeCounter(const FacetSpec& spec) : spec_(spec), counts_(spec.ranges.size()) {}

  void Count(std::string_view slot) override;
  absl::StatusOr<v1::FacetResult> Finish() override;

 private:
  const FacetSpec& spec_;
  std::vector<int64_t> counts_;
  int64_t missing_ = 0;
};

}  // namespace broadsheet::search
