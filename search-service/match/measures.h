#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "broadsheet/v1/search.pb.h"
#include "search/match/group_keys.h"
#include "search/query/facet_spec.h"

namespace broadsheet::search {

// Counts what else a facet wants to know of its buckets: different texts, different sources. Exact; it remembers each
// pair of bucket and text that it has seen. Not thread-safe.
class Measures {
 public:
  explicit Measures(const FacetSpec& spec);

  void BeginShard(const ShardView& shard);

  // An article falls into a bucket; buckets have small numbers.
  void Add(uint32_t bucket, Xapian::docid docid);

  void Fill(uint32_t bucket, v1::FacetBucket& filled) const;

 private:
  // Counts the different groups of articles in each bucket.
  struct Distinct {
    explicit Distinct(const Field* field) : keys(field) {}
    void Add(uint32_t bucket, Xapian::docid docid);
    int64_t CountOf(uint32_t bucket) const { return bucket < counts.size() ? counts[bucket] : 0; }

    GroupKeys keys;
    absl::flat_hash_set<uint64_t> seen;
    std::vector<int64_t> counts;
  };

  std::optional<Distinct> originals_;
  std::optional<Distinct> sources_;
};

}  // namespace broadsheet::search
