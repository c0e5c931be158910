#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "search/match/sweep.h"

namespace broadsheet::search {

// Numbers the groups that articles are in, over all shards: those with one value of a field, of a time with the same
// day (UTC), or an article together with its copies. Groups of copies are told apart by a hash of 64 bits of the
// original's id: two of a million fall together with a chance of 1 in 30 million. Not thread-safe.
class GroupKeys {
 public:
  // `field` has a column and a single value; null: copies.
  explicit GroupKeys(const Field* field) : field_(field) {}

  void BeginShard(const ShardView& shard);

  // The number of the article's group: the next one when it is the first of its group. kNone when it has no value;
  // every article has an original.
  uint32_t Of(Xapian::docid docid);

  static constexpr uint32_t kNone = 0;

  // One past the largest number.
  uint32_t size() const { return next_; }

  // The value of a group of a field as it is shown, a day as "2025-12-31"; empty for kNone. To be called as long as the
  // columns are there.
  std::string ValueOf(uint32_t group) const;

 private:
  uint32_t OfTerm(Xapian::docid docid);
  uint32_t OfNumber(Xapian::docid docid);
  uint32_t OfOriginal(Xapian::docid docid);

  const Field* const field_;
  const ShardColumns* columns_ = nullptr;
  uint32_t next_ = 1;
  std::vector<uint32_t> numbers_;         // by ordinal of the shard; kNone: not met yet
  std::vector<std::string_view> values_;  // by number, from 1: of a field with terms
  std::vector<int64_t> amounts_;          // the same of a field with numbers, or days since 1970
  absl::flat_hash_map<std::string_view, uint32_t> by_value_;
  absl::flat_hash_map<int64_t, uint32_t> by_amount_;
  absl::flat_hash_map<uint64_t, uint32_t> by_original_;
};

}  // namespace broadsheet::search
