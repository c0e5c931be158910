#include "search/query/bounds.h"

#include "common/base/error.h"

namespace broadsheet::search {
namespace {

constexpr int64_t kMinSeconds = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr int64_t kMaxSeconds = 253'402'300'799;  // 9999-12-31T23:59:59Z
constexpr int32_t kNanosPerSecond = 1'000'000'000;
constexpr int32_t kNanosPerMicro = 1'000;
constexpr int64_t kMicrosPerSecond = 1'000'000;

}  // namespace

absl::StatusOr<int64_t> CeilMicros(const google::protobuf::Timestamp& time, const std::string& path) {
  if (time.seconds() < kMinSeconds || time.seconds() > kMaxSeconds || time.nanos() < 0 ||
      time.nanos() >= kNanosPerSecond) {
    return InvalidField("TIME", path, "is no time between the years 1 and 9999");
  }
  return time.seconds() * kMicrosPerSecond + (time.nanos() + kNanosPerMicro - 1) / kNanosPerMicro;
}

namespace internal {

absl::StatusOr<Bounds> TimeBounds(const google::protobuf::Timestamp* start, const google::protobuf::Timestamp* end,
                                  const std::string& path) {
  Bounds bounds;
  if (start != nullptr) {
    auto micros = CeilMicros(*start, path + ".start");
    if (!micros.ok()) return micros.status();
    bounds.min = *micros;
  }
  if (end != nullptr) {
    auto micros = CeilMicros(*end, path + ".end");
    if (!micros.ok()) return micros.status();
    if (start != nullptr && *micros < bounds.min) {
      return InvalidField("TIME_RANGE", path, "ends before it starts: swap start and end");
    }
    bounds.max = *micros - 1;
  }
  return bounds;
}

absl::StatusOr<Bounds> NumberBounds(Bounds bounds, const std::string& path) {
  if (bounds.min <= bounds.max) return bounds;
  return InvalidField("NUMBER_RANGE", path, "has a min above its max: swap them");
}

}  // namespace internal
}  // namespace broadsheet::search
