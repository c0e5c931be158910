#include "search/match/postings_cache.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/hash.h"

namespace broadsheet::search {
namespace {

constexpr size_t kMostAsked = 65'536;     // keys of which it is known how often they were asked for
constexpr uint64_t kBytesPerPosting = 2;  // about
constexpr uint32_t kLeastAsks = 2;        // times, before it is decoded
constexpr uint64_t kAsksPerHalving = 1 << 20;
constexpr uint64_t kStaleAsks = 10'000;  // of anything: what was not asked for among so many is not asked for any more
constexpr size_t kPostingsEntryBytes = 200;  // key, list and map

constexpr char kAnyOf = '\0';
constexpr char kPhrase = '\1';

// `join` says how the terms are joined.
std::string PostingsKey(const ShardColumns& columns, const std::vector<std::string>& terms, char join) {
  std::string key = absl::StrCat(columns.database_uuid, columns.revision);
  for (const std::string& term : terms) {
    key.push_back(join);
    key += term;
  }
  return key;
}

uint64_t SumOfFrequencies(const Xapian::Database& shard, const std::vector<std::string>& terms) {
  uint64_t sum = 0;
  for (const std::string& term : terms)
    sum += shard.get_termfreq(term);
  return sum;
}

size_t BytesOf(const PostingsCache::Postings& postings) {
  return kPostingsEntryBytes + (postings == nullptr ? 0 : postings->bytes());
}

}  // namespace

PostingsCache::Postings PostingsCache::Get(const Xapian::Database& shard, const ShardColumns& columns,
                                           const std::vector<std::string>& terms, const CallContext& context) {
  return GetOrDecode(
      PostingsKey(columns, terms, kAnyOf), few_, [&] { return SumOfFrequencies(shard, terms); },
      [&] { return DecodePostings(shard, terms, columns.lengths, context); });
}

PostingsCache::Postings PostingsCache::GetPhrase(const Xapian::Database& shard, const ShardColumns& columns,
                                                 const std::vector<std::string>& terms, const CallContext& context) {
  return GetOrDecode(
      PostingsKey(columns, terms, kPhrase), few_for_phrase_, [&] { return LeastFrequency(shard, terms); },
      [&] { return DecodePhrase(shard, terms, columns.lengths, context); });
}

PostingsCache::Postings PostingsCache::KnownOrFew(const Xapian::Database& shard, const ShardColumns& columns,
                                                  const std::vector<std::string>& terms, const CallContext& context) {
  const std::string key = PostingsKey(columns, terms, kAnyOf);
  {
    std::lock_guard lock(mutex_);
    if (const Postings* known = entries_.Find(key); known != nullptr) return *known;
  }
  const uint64_t articles = SumOfFrequencies(shard, terms);
  if (articles > few_) return nullptr;
  return GetOrDecode(
      key, few_, [articles] { return articles; },
      [&] { return DecodePostings(shard, terms, columns.lengths, context); });
}

PostingsCache::Postings PostingsCache::GetOrDecode(const std::string& key, uint64_t few,
                                                   const std::function<uint64_t()>& most,
                                                   const std::function<Postings()>& decode) {
  uint32_t asks = 0;
  {
    std::lock_guard lock(mutex_);
    asks = CountAsked(key);
    if (const Postings* known = entries_.Find(key); known != nullptr) return *known;
  }
  if (asks < kLeastAsks && few == 0) return nullptr;
  const uint64_t articles = most();
  const uint64_t bytes = kPostingsEntryBytes + articles * kBytesPerPosting;
  bool kept = asks >= kLeastAsks;
  if (kept) {
    std::lock_guard lock(mutex_);
    kept = DeservesRoom(bytes, asks);
  }
  if (!kept && articles > few) return nullptr;
  Postings postings;
  if (bytes <= budget_ / 4) postings = decode();
  if (!kept) return postings;
  std::lock_guard lock(mutex_);
  entries_.Put(key, postings, BytesOf(postings), budget_, [](const std::string&) {});
  return postings;
}

// Counts are halved now and then, so that what was asked for long ago counts for less.
uint32_t PostingsCache::CountAsked(const std::string& key) {
  if (++asks_ % kAsksPerHalving == 0 || demand_.size() >= kMostAsked) {
    for (auto& [hash, demand] : demand_)
      demand.asks /= 2;
    absl::erase_if(demand_, [](const auto& entry) { return entry.second.asks == 0; });
  }
  Demand& demand = demand_[Hash64(key)];
  demand.last = asks_;
  return ++demand.asks;
}

// When there is no room, only what is asked for more often than what would go, unless that is not asked for any more.
bool PostingsCache::DeservesRoom(uint64_t bytes, uint32_t asks) const {
  if (entries_.bytes() == 0 || entries_.bytes() + bytes <= budget_) return true;
  const auto known = demand_.find(Hash64(entries_.Oldest()));
  return known == demand_.end() || asks_ - known->second.last > kStaleAsks || asks > known->second.asks;
}

size_t PostingsCache::bytes() const {
  std::lock_guard lock(mutex_);
  return entries_.bytes();
}

}  // namespace broadsheet::search
