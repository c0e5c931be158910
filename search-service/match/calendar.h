#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/search.pb.h"

namespace broadsheet::search {

// The intervals of one kind by the clocks of one time zone, as they are asked for: what the clocks say costs a
// microsecond, and queries ask for the same intervals again and again. They divide time without gaps: an hour that the
// clocks go through twice is one interval of two hours. Not thread-safe.
class Calendar {
 public:
  struct Interval {
    int64_t begin = 0;  // microseconds since 1970
    int64_t end = 0;
  };

  // The one of the calling thread, which keeps a few, none of them much larger than a megabyte.
  static std::shared_ptr<Calendar> Of(v1::DateInterval interval, const absl::TimeZone& zone);

  Calendar(v1::DateInterval interval, const absl::TimeZone& zone);

  // The number of the interval that holds a time. Numbers count from 0 in the order in which intervals are asked for.
  uint32_t NumberOf(int64_t micros);

  const Interval& operator[](uint32_t number) const { return intervals_[number]; }
  size_t size() const { return intervals_.size(); }

 private:
  uint32_t Find(int64_t micros);

  const v1::DateInterval interval_;
  const absl::TimeZone zone_;
  std::vector<Interval> intervals_;
  std::map<int64_t, uint32_t> by_begin_;  // numbers
  // The interval met last in each stretch of time; stretches share places. Most times need no search.
  const int stretch_bits_;  // of the microseconds in one
  std::vector<uint32_t> recent_;
};

}  // namespace broadsheet::search
