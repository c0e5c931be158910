#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/base/call_context.h"
#include "common/base/lru.h"
#include "search/columns/shard_columns.h"
#include "search/match/decoded_postings.h"
#include "xapian.h"

namespace broadsheet::search {

// Decoded posting lists of the words that are searched for again and again, within a budget of memory: least_bytes, or
// kBytesPerArticle if that is more. What was not asked for longest goes first, and with it what belongs to revisions
// that nobody reads any more; but only for what was asked for more often, after Einziger, Friedman and Manes, TinyLFU:
// a highly efficient cache admission policy (2017). Thread-safe.
class PostingsCache {
 public:
  static constexpr size_t kLeastBytes = 16 << 20;
  static constexpr size_t kBytesPerArticle = 48;
  static constexpr uint64_t kFew = 2'000;         // articles
  static constexpr uint64_t kFewForPhrase = 200;  // whose places are read

  using Postings = std::shared_ptr<const DecodedPostings>;

  // Lists of `few` articles or less are decoded whenever they are asked for.
  explicit PostingsCache(size_t least_bytes = kLeastBytes, uint64_t few = kFew)
      : least_bytes_(least_bytes), few_(few), few_for_phrase_(std::min(few, kFewForPhrase)), budget_(least_bytes) {}

  // How many articles all shards have together.
  void SetArticles(size_t articles) { budget_ = std::max(least_bytes_, articles * kBytesPerArticle); }

  // The articles of a shard with any of the terms. `shard` has the revision of `columns` open. Unless they are few,
  // null when they were not asked for before, lately, or not so often as others that take the room, or would take more
  // than a quarter of the budget: the engine's own lists are read then. Otherwise it decodes what is not there;
  // deadline and exceptions as in DecodePostings.
  Postings Get(const Xapian::Database& shard, const ShardColumns& columns, const std::vector<std::string>& terms,
               const CallContext& context);

  // Likewise the articles of a shard where the terms follow each other (DecodePhrase).
  Postings GetPhrase(const Xapian::Database& shard, const ShardColumns& columns, const std::vector<std::string>& terms,
                     const CallContext& context);

  // As Get, if they are decoded already or few. If not null, and it is not a time that they are asked for.
  Postings KnownOrFew(const Xapian::Database& shard, const ShardColumns& columns, const std::vector<std::string>& terms,
                      const CallContext& context);

  // Memory of what it holds.
  size_t bytes() const;

 private:
  struct Demand {
    uint32_t asks = 0;
    uint64_t last = 0;  // of all asks
  };

  // What has the key; what `decode` gives when these are `few`, or deserve the memory. `most`: how many articles that
  // are, at most.
  Postings GetOrDecode(const std::string& key, uint64_t few, const std::function<uint64_t()>& most,
                       const std::function<Postings()>& decode);
  uint32_t CountAsked(const std::string& key);
  bool DeservesRoom(uint64_t bytes, uint32_t asks) const;

  const size_t least_bytes_;
  const uint64_t few_;
  const uint64_t few_for_phrase_;
  std::atomic<size_t> budget_;
  mutable std::mutex mutex_;
  Lru<std::string, Postings> entries_;            // null: they cannot be decoded
  absl::flat_hash_map<uint64_t, Demand> demand_;  // by the hash of the key
  uint64_t asks_ = 0;
};

}  // namespace broadsheet::search
