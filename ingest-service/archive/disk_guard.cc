#include "ingest/archive/disk_guard.h"

#include <sys/statvfs.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet::ingest {
namespace {

constexpr std::chrono::milliseconds kInterval{50};
constexpr absl::Duration kRetryDelay = absl::Seconds(30);

DiskGuard::Probe ProbeOf(const std::filesystem::path& directory) {
  return [directory]() -> absl::StatusOr<int64_t> {
    struct statvfs state;
    if (statvfs(directory.c_str(), &state) != 0) {
      return ErrorWithReason(
          absl::StatusCode::kInternal, "FILE_SYSTEM",
          absl::StrCat("asking for the free space of ", directory.string(), ": ", std::strerror(errno)));
    }
    return static_cast<int64_t>(state.f_bavail) * static_cast<int64_t>(state.f_frsize);
  };
}

}  // namespace

DiskGuard::DiskGuard(const std::filesystem::path& directory, int64_t floor_bytes)
    : DiskGuard(ProbeOf(directory), floor_bytes, kInterval) {}

DiskGuard::DiskGuard(Probe probe, int64_t floor_bytes, std::chrono::milliseconds interval)
    : probe_(std::move(probe)), floor_bytes_(floor_bytes), interval_(interval) {}

absl::Status DiskGuard::Check() {
  std::lock_guard lock(mutex_);
  Refresh();
  return status_;
}

int64_t DiskGuard::free_bytes() {
  std::lock_guard lock(mutex_);
  Refresh();
  return free_;
}

void DiskGuard::Refresh() {
  auto now = std::chrono::steady_clock::now();
  if (looked_ && now - checked_ < interval_) return;
  looked_ = true;
  checked_ = now;
  absl::StatusOr<int64_t> free = probe_();
  free_ = free.value_or(0);
  if (!free.ok()) {
    status_ = free.status();
  } else if (free_ >= floor_bytes_) {
    status_ = absl::OkStatus();
  } else {
    status_ = RetryableError(absl::StatusCode::kResourceExhausted, "DISK_NEARLY_FULL",
                             absl::StrCat("the disk is nearly full: ", free_ >> 20, " MiB are free and ",
                                          floor_bytes_ >> 20, " MiB are kept free; writing goes on when there is room"),
                             kRetryDelay);
  }
}

}  // namespace broadsheet::ingest
