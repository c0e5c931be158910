#pragma once

#include <cstddef>
#include <list>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace broadsheet {

// Values by key within a budget of bytes: what was used longest ago goes first. Not thread-safe.
template <typename Key, typename Value>
class Lru {
 public:
  // The value, which counts as used now; null when there is none. Stays where it is until the next Put.
  const Value* Find(const Key& key) {
    const auto place = places_.find(key);
    if (place == places_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, place->second);
    return &place->second->value;
  }

  // Puts a value that takes `bytes` in the place of the one with its key, if there is one. Then lets go of others until
  // all take `budget` at most, and calls `gone` with the key of each.
  template <typename Gone>
  void Put(const Key& key, Value value, size_t bytes, size_t budget, Gone gone) {
    if (const auto place = places_.find(key); place != places_.end()) Remove(place->second);
    entries_.push_front({key, std::move(value), bytes});
    places_.emplace(key, entries_.begin());
    bytes_ += bytes;
    while (bytes_ > budget && entries_.size() > 1) {
      gone(entries_.back().key);
      Remove(std::prev(entries_.end()));
    }
  }

  // The key of what was used longest ago. There is one.
  const Key& Oldest() const { return entries_.back().key; }

  size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    Key key;
    Value value;
    size_t bytes;
  };
  using Place = typename std::list<Entry>::iterator;

  void Remove(Place place) {
    bytes_ -= place->bytes;
    places_.erase(place->key);
    entries_.erase(place);
  }

  std::list<Entry> entries_;  // used last, first
  absl::flat_hash_map<Key, Place> places_;
  size_t bytes_ = 0;
};

}  // namespace broadsheet
