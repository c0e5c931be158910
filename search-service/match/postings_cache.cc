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
  Postings postings;
  if (Find(key, postings)) return postings;
  {
    std::lock_guard lock(mutex_);
    if (asked_.size() >= kMostAsked) asked_.clear();
    if (asked_.insert(Hash64(key)).second) return nullptr;
  }
  uint64_t sum = 0;
  for (const std::string& term : terms)
    sum += shard.get_termfreq(term);
  if (sum * kBytesPerPosting <= budget_ / 4) postings = DecodePostings(shard, terms, columns.lengths, look);
  Put(key, postings);
  return postings;
}

bool PostingsCache::Find(const std::string& key, Postings& found) {
  std::lock_guard lock(mutex_);
  const auto place = places_.find(key);
  if (place == places_.end()) return false;
  entries_.splice(entries_.begin(), entries_, place->second);
  found = place->second->postings;
  return true;
}

void PostingsCache::Put(const std::string& key, Postings postings) {
  std::lock_guard lock(mutex_);
  if (places_.contains(key)) return;  // another thread was sooner
  bytes_ += BytesOf(postings);
  entries_.push_front({key, std::move(postings)});
  places_[key] = entries_.begin();
  while (bytes_ > budget_ && entries_.size() > 1) {
    bytes_ -= BytesOf(entries_.back().postings);
    asked_.erase(Hash64(entries_.back().key));
    places_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

size_t PostingsCache::bytes() const {
  std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace broadsheet::search
