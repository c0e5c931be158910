#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "search/match/facet_counter.h"
#include "search/match/terms_buckets.h"

namespace broadsheet::search {

// Buckets of values where one may stand for several values (paths, counted by a part of them) or counts more than
// articles. An article counts once in each bucket.
class PathCounter : public FacetCounter {
 public:
  explicit PathCounter(const FacetSpec& spec) : spec_(spec), measures_(spec) {}

  void BeginShard(const ShardView& shard) override;
  void Count(std::span<const Xapian::docid> docids) override;
  absl::StatusOr<v1::FacetResult> Finish() override;

 private:
  struct Bucket {
    const std::string* value;
    int64_t count = 0;
    int64_t last_article = 0;
  };

  uint32_t BucketOf(uint32_t ordinal);
  uint32_t FindBucket(std::string_view value);
  std::string PathOf(std::string_view value, bool& wanted) const;

  const FacetSpec& spec_;
  Measures measures_;
  const TermsColumn* column_ = nullptr;  // of the shard
  std::vector<uint32_t> numbers_;        // of buckets, by ordinal of the shard
  std::vector<Bucket> buckets_;
  absl::node_hash_map<std::string, uint32_t> by_value_;
  int64_t articles_ = 0;
  int64_t missing_ = 0;
};

}  // namespace broadsheet::search
