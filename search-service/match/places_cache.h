#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "common/base/lru.h"
#include "search/index/reader.h"
#include "xapian.h"

namespace broadsheet::search {

using Places = std::vector<Xapian::termpos>;  // of a term in an article, ascending

// The first kMostPlaces places of a term in an article; none when it does not have it. Xapian's exceptions pass
// through.
inline constexpr size_t kMostPlaces = 2'000;
Places ReadPlaces(const Reader& reader, Xapian::docid docid, const std::string& term);

// The same, from memory when it was asked for lately. Every search looks where the words of its best articles stand,
// and to read it takes the engine some microseconds. What was asked for longest ago goes first. Thread-safe.
class PlacesCache {
 public:
  static constexpr size_t kBudget = 4 << 20;  // bytes

  Places Get(const Reader& reader, Xapian::docid docid, const std::string& term);

  // Memory of what it holds, about.
  size_t bytes() const;

 private:
  // Of one revision of a shard. Terms by Hash64: of a million terms, two have the same once in ten million shards.
  struct Key {
    uint64_t shard;
    uint64_t term;
    Xapian::docid docid;

    bool operator==(const Key&) const = default;
    template <typename State>
    friend State AbslHashValue(State state, const Key& key) {
      return State::combine(std::move(state), key.shard, key.term, key.docid);
    }
  };

  mutable std::mutex mutex_;
  Lru<Key, Places> entries_;
};

}  // namespace broadsheet::search
