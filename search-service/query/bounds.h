#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "absl/status/statusor.h"
#include "google/protobuf/timestamp.pb.h"

// Ranges of requests, checked. Filters and facets share them.
namespace broadsheet::search {

// Both ends inclusive; min > max for an empty range.
struct Bounds {
  int64_t min = std::numeric_limits<int64_t>::min();
  int64_t max = std::numeric_limits<int64_t>::max();
};

// The first microsecond that is not before `time`: articles are dated in whole microseconds, so t >= time and t < time
// stay what they are when `time` is rounded up. INVALID_ARGUMENT for a time outside of the years 1 to 9999.
absl::StatusOr<int64_t> CeilMicros(const google::protobuf::Timestamp& time, const std::string& path);

namespace internal {
absl::StatusOr<Bounds> TimeBounds(const google::protobuf::Timestamp* start, const google::protobuf::Timestamp* end,
                                  const std::string& path);
absl::StatusOr<Bounds> NumberBounds(Bounds bounds, const std::string& path);
}  // namespace internal

// Of a v1 message with a half-open `start` and `end`, in microseconds. INVALID_ARGUMENT when it ends before it starts.
template <typename Range>
absl::StatusOr<Bounds> ParseTimeBounds(const Range& range, const std::string& path) {
  return internal::TimeBounds(range.has_start() ? &range.start() : nullptr, range.has_end() ? &range.end() : nullptr,
                              path);
}

// Of a v1 message with inclusive `min` and `max`. INVALID_ARGUMENT when min is above max.
template <typename Range>
absl::StatusOr<Bounds> ParseNumberBounds(const Range& range, const std::string& path) {
  Bounds bounds;
  if (range.has_min()) bounds.min = range.min();
  if (range.has_max()) bounds.max = range.max();
  return internal::NumberBounds(bounds, path);
}

}  // namespace broadsheet::search
