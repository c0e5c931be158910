#include "search/match/postings_cache.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/hash.h"

namespace broadsheet::search {
namespace {

constexpr size_t kMostAsked = 65'536;
constexpr uint64_t kBytesPerPosting = 5;
constexpr size_t kBytesPerEntry = 200;  // key, list and map

std::string KeyOf(const ShardColumns& columns, const std::vector<std::string>& terms) {
  std::string key = absl::StrCat(columns.database_uuid, columns.revision);
  for (const std::string& term : terms) {
    key.push_back('\0');
    key += term;
  }
  return key;
}

size_t BytesOf(const PostingsCache::Postings& postings) {
  return kBytesPerEntry + (postings == nullptr ? 0 : postings->bytes());
}

}  // namespace

PostingsCache::Postings PostingsCache::Get(const Xapian::Database& shard, const ShardColumns& columns,
                                           const std::vector<std::string>& terms, const std::function<void()>& look) {
  const std::string key = KeyOf(columns, terms);
  {
    std::lock_guard lock(mutex_);
    if (const Postings* known = entries_.Find(key); known != nullptr) return *known;
    if (asked_.size() >= kMostAsked) asked_.clear();
    if (asked_.insert(Hash64(key)).second) return nullptr;
  }
  uint64_t sum = 0;
  for (const std::string& term : terms)
    sum += shard.get_termfreq(term);
  Postings postings;
  if (sum * kBytesPerPosting <= budget_ / 4) postings = DecodePostings(shard, terms, columns.lengths, look);
  std::lock_guard lock(mutex_);
  const auto forget = [this](const std::string& gone) { asked_.erase(Hash64(gone)); };
  entries_.Put(key, postings, BytesOf(postings), budget_, forget);
  return postings;
}

PostingsCache::Postings PostingsCache::Known(const ShardColumns& columns, const std::vector<std::string>& terms) {
  const std::string key = KeyOf(columns, terms);
  std::lock_guard lock(mutex_);
  const Postings* known = entries_.Find(key);
  return known == nullptr ? nullptr : *known;
}

size_t PostingsCache::bytes() const {
  std::lock_guard lock(mutex_);
  return entries_.bytes();
}

}  // namespace broadsheet::search
