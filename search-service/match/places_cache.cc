#include "search/match/places_cache.h"

#include "common/base/hash.h"

namespace broadsheet::search {
namespace {

constexpr size_t kPlacesEntryBytes = 120;  // list and map

}  // namespace

Places ReadPlaces(const Reader& reader, Xapian::docid docid, const std::string& term) {
  const ShardDocid document = reader.InShard(docid);
  const Xapian::Database& shard = reader.shards()[document.shard].database;
  Places places;
  const auto end = shard.positionlist_end(document.docid, term);
  for (auto place = shard.positionlist_begin(document.docid, term); place != end && places.size() < kMostPlaces;
       ++place)
    places.push_back(*place);
  return places;
}

Places PlacesCache::Get(const Reader& reader, Xapian::docid docid, const std::string& term) {
  const ShardDocid document = reader.InShard(docid);
  const Key key{reader.shards()[document.shard].identity, Hash64(term), document.docid};
  {
    std::lock_guard lock(mutex_);
    if (const Places* known = entries_.Find(key); known != nullptr) return *known;
  }
  Places places = ReadPlaces(reader, docid, term);
  std::lock_guard lock(mutex_);
  entries_.Put(key, places, kPlacesEntryBytes + places.size() * sizeof places[0], kBudget, [](const Key&) {});
  return places;
}

size_t PlacesCache::bytes() const {
  std::lock_guard lock(mutex_);
  return entries_.bytes();
}

}  // namespace broadsheet::search
