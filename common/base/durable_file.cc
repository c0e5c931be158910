#include "common/base/durable_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet {
namespace {

namespace fs = std::filesystem;

constexpr char kSyncFailed[] = "SYNC_FAILED";

absl::Status SystemError(std::string_view doing, const fs::path& path) {
  return ErrorWithReason(absl::StatusCode::kInternal, "FILE_SYSTEM",
                         absl::StrCat(std::string(doing), " ", path.string(), ": ", std::strerror(errno)));
}

absl::Status SyncError(const fs::path& path) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, kSyncFailed,
                         absl::StrCat("syncing ", path.string(), ": ", std::strerror(errno)));
}

absl::Status WriteAll(int fd, std::string_view content, const fs::path& path) {
  while (!content.empty()) {
    ssize_t written = write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return SystemError("writing", path);
    content.remove_prefix(static_cast<size_t>(written));
  }
  return fdatasync(fd) == 0 ? absl::OkStatus() : SyncError(path);
}

absl::Status SyncPath(const fs::path& path, int flags) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
  if (fd < 0) return SystemError("opening", path);
  absl::Status status = fsync(fd) == 0 ? absl::OkStatus() : SyncError(path);
  close(fd);
  return status;
}

}  // namespace

absl::Status SyncDirectory(const fs::path& directory) {
  return SyncPath(directory, O_DIRECTORY);
}

absl::Status SyncFile(const fs::path& file) {
  return SyncPath(file, 0);
}

bool IsSyncFailure(const absl::Status& status) {
  return ReasonOf(status) == kSyncFailed;
}

absl::Status ReplaceFile(const fs::path& path, std::string_view content) {
  fs::path temporary = path;
  temporary += ".tmp";
  int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return SystemError("creating", temporary);
  absl::Status status = WriteAll(fd, content, temporary);
  close(fd);
  if (!status.ok()) return status;
  if (rename(temporary.c_str(), path.c_str()) != 0) return SystemError("renaming", temporary);
  return SyncDirectory(path.parent_path());
}

absl::StatusOr<std::string> ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read ", path.string(), ": ", std::strerror(errno)));
  return std::string(std::istreambuf_iterator<char>(in), {});
}

absl::StatusOr<DirectoryLock> DirectoryLock::Acquire(const fs::path& directory) {
  fs::path path = directory / "LOCK";
  int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return SystemError("opening", path);
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return DirectoryLock(fd);
  close(fd);
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "DATA_DIRECTORY_IN_USE",
                         absl::StrCat("another ingest-service is using ", directory.string(),
                                      "; stop it or choose another data directory"));
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

DirectoryLock::~DirectoryLock() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace broadsheet
