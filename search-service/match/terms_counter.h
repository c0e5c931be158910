#pragma once

#include <cstdint>
#include <vector>

#include "search/match/facet_counter.h"
#include "search/match/terms_buckets.h"

namespace broadsheet::search {

// One bucket for each value of a field with one value or several: counts by ordinal, shard by shard.
class TermsCounter : public FacetCounter {
 public:
  explicit TermsCounter(const FacetSpec& spec) : spec_(spec) {}

  void BeginShard(const ShardView& shard) override;
  void Count(std::span<const Xapian::docid> docids) override;
  absl::StatusOr<v1::FacetResult> Finish() override;

 private:
  void EndShard();
  void MergeShards();

  const FacetSpec& spec_;
  const TermsColumn* column_ = nullptr;  // of the shard
  std::vector<uint32_t> counts_;         // by ordinal of the shard; at 0 those without a value
  std::vector<TermsBucket> buckets_;     // of the shards before
  int shards_ = 0;
  int64_t missing_ = 0;
};

}  // namespace broadsheet::search
