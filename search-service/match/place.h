#pragma once

#include <bit>
#include <compare>
#include <cstdint>

#include "search/columns/shard_columns.h"

namespace broadsheet::search {

// Where a match stands in an order: the larger, the earlier. No two matches have the same place.
struct Place {
  int64_t first = 0;
  int64_t second = 0;
  auto operator<=>(const Place&) const = default;
};

// By date: published_time, then sequence, undated articles last in both orders.
inline Place PlaceByDate(int64_t published_micros, int64_t sequence, bool newest_first) {
  const bool dated = published_micros != kNoNumber;
  if (newest_first) return {published_micros, sequence};
  return {dated ? -published_micros : kNoNumber, -sequence};
}

// By relevance: weight, which is never negative, then docid (of the snapshot, not of the shard), smallest first. The
// bits of such numbers have their order.
inline Place PlaceByWeight(double weight, Xapian::docid docid) {
  return {std::bit_cast<int64_t>(weight), -static_cast<int64_t>(docid)};
}

inline double WeightAt(const Place& place) {
  return std::bit_cast<double>(place.first);
}

// What PlaceByDate was made of.
inline int64_t PublishedAt(const Place& place, bool newest_first) {
  return newest_first || place.first == kNoNumber ? place.first : -place.first;
}
inline int64_t SequenceAt(const Place& place, bool newest_first) {
  return newest_first ? place.second : -place.second;
}

}  // namespace broadsheet::search
