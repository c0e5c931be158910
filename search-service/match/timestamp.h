#pragma once

#include <cstdint>

#include "google/protobuf/timestamp.pb.h"

namespace broadsheet::search {

// `micros` since 1970, as the index stores times.
inline void SetTimestamp(int64_t micros, google::protobuf::Timestamp& time) {
  constexpr int64_t kMicrosPerSecond = 1'000'000;
  int64_t seconds = micros / kMicrosPerSecond;
  int64_t rest = micros % kMicrosPerSecond;
  if (rest < 0) {
    --seconds;
    rest += kMicrosPerSecond;
  }
  time.set_seconds(seconds);
  time.set_nanos(static_cast<int32_t>(rest * 1'000));
}

}  // namespace broadsheet::search
