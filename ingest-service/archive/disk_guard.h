#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::ingest {

// Stops writing while the disk is nearly full, before a write or a commit can fail for lack of room. Thread-safe.
class DiskGuard {
 public:
  // Bytes free to this process.
  using Probe = std::function<absl::StatusOr<int64_t>()>;

  static constexpr int64_t kDefaultFloor = 512 << 20;

  // Guards the file system of `directory`: below `floor_bytes` free, writing is refused. 0 never refuses.
  explicit DiskGuard(const std::filesystem::path& directory, int64_t floor_bytes = kDefaultFloor);

  // With a probe of its own, asked at every check that is `interval` after the last.
  DiskGuard(Probe probe, int64_t floor_bytes, std::chrono::milliseconds interval);

  // OK, or RESOURCE_EXHAUSTED (reason DISK_NEARLY_FULL) with RetryInfo, saying how much is free and how much is
  // needed. Cheap enough for every article: looks at the disk at most every 50 ms.
  absl::Status Check();

  // Bytes free when last looked at.
  int64_t free_bytes();

 private:
  void Refresh();

  const Probe probe_;
  const int64_t floor_bytes_;
  const std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point checked_;
  bool looked_ = false;
  int64_t free_ = 0;
  absl::Status status_;
};

}  // namespace broadsheet::ingest
