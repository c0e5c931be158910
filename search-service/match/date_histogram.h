#pragma once

#include <map>
#include <optional>
#include <vector>

#include "search/match/facet_counter.h"
#include "search/match/measures.h"

namespace broadsheet::search {

// One bucket for each calendar interval, by the clocks of a time zone. The buckets divide time without gaps: an hour
// that the clocks go through twice is one bucket of two hours.
class DateHistogram : public FacetCounter {
 public:
  explicit DateHistogram(const FacetSpec& spec);

  void BeginShard(const ShardView& shard) override;
  void Count(std::span<const Xapian::docid> docids) override;
  absl::StatusOr<v1::FacetResult> Finish() override;

 private:
  struct Bucket {
    int64_t begin = 0;  // microseconds since 1970
    int64_t end = 0;
    int64_t count = 0;
  };

  uint32_t BucketOf(int64_t micros);
  uint32_t FindBucket(int64_t micros);

  const FacetSpec& spec_;
  std::optional<Measures> measures_;
  const std::vector<int64_t>* times_ = nullptr;  // of the shard
  std::vector<Bucket> buckets_;
  std::map<int64_t, uint32_t> by_begin_;  // numbers of buckets
  // The bucket met last in each stretch of time; stretches share places. Most articles need no search among the
  // buckets.
  const int64_t stretch_;
  std::vector<uint32_t> recent_;
  int64_t missing_ = 0;
};

}  // namespace broadsheet::search
