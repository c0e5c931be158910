#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "search/match/calendar.h"
#include "search/match/facet_counter.h"
#include "search/match/measures.h"

namespace broadsheet::search {

// One bucket for each interval of a calendar that has a match.
class DateHistogram : public FacetCounter {
 public:
  explicit DateHistogram(const FacetSpec& spec);

  void BeginShard(const ShardView& shard) override;
  void Count(std::span<const Xapian::docid> docids) override;
  absl::StatusOr<v1::FacetResult> Finish() override;

 private:
  struct Bucket {
    uint32_t interval = 0;  // its number in the calendar
    int64_t count = 0;
  };

  bool Find(int64_t micros);
  uint32_t BucketOf(uint32_t interval);
  std::vector<uint32_t> InOrder() const;

  const FacetSpec& spec_;
  std::optional<Measures> measures_;
  const NumbersColumn* times_ = nullptr;  // of the shard
  const std::shared_ptr<Calendar> calendar_;
  std::vector<Bucket> buckets_;    // in the order in which they were met
  std::vector<uint32_t> numbers_;  // of buckets, by the number of their interval
  int64_t missing_ = 0;
  // Met last: sealed shards are in the order of time.
  Calendar::Interval last_;
  uint32_t last_number_ = 0;
};

}  // namespace broadsheet::search
