#pragma once

#include <map>

#include "search/match/facet_counter.h"

namespace broadsheet::search {

// One bucket for each calendar interval, by the clocks of a time zone. The buckets divide time without gaps: an hour
// that the clocks go through twice is one bucket of two hours.
class DateHistogram : public FacetCounter {
 public:
  explicit DateHistogram(const FacetSpec& spec) : spec_(spec) {}

  void Count(std::string_view slot) override;
  absl::StatusOr<v1::FacetResult> Finish() override;

 private:
  struct Bucket {
    int64_t end = 0;
    int64_t count = 0;
  };
  using Buckets = std::map<int64_t, Bucket>;  // by their beginnings; microseconds since 1970

  Buckets::iterator Find(int64_t micros);

  const FacetSpec& spec_;
  Buckets buckets_;
  int64_t missing_ = 0;
};

}  // namespace broadsheet::search
