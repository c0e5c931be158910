#pragma once

#include <memory>
#include <span>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "search/match/sweep.h"
#include "search/query/facet_spec.h"

namespace broadsheet::search {

// Counts one facet over articles, by the columns of their shards, which must live until Finish. Not thread-safe.
class FacetCounter {
 public:
  virtual ~FacetCounter() = default;

  // What is counted next is of this shard.
  virtual void BeginShard(const ShardView& shard) = 0;

  virtual void Count(std::span<const Xapian::docid> docids) = 0;

  // The buckets, missing, distinct and other counts; name, field and considered are the caller's. INVALID_ARGUMENT
  // when there would be more buckets than allowed.
  virtual absl::StatusOr<v1::FacetResult> Finish() = 0;
};

// A counter for `spec`, which must outlive it.
std::unique_ptr<FacetCounter> MakeFacetCounter(const FacetSpec& spec);

}  // namespace broadsheet::search
