#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet {

// Makes a directory's entries durable (fsync of the directory). DATA_LOSS when the kernel reports a sync error: the
// caller must stop acknowledging and exit.
absl::Status SyncDirectory(const std::filesystem::path& directory);

// The same for the content of a file that was written by others.
absl::Status SyncFile(const std::filesystem::path& file);

// Whether an error says that the kernel could not sync: nothing that was written since is to be trusted.
bool IsSyncFailure(const absl::Status& status);

// Replaces a file whole: temporary file beside it, fdatasync, rename, fsync of the directory. A reader sees the old
// content or the new one. DATA_LOSS on a sync error, else INTERNAL with the path and the system's reason.
absl::Status ReplaceFile(const std::filesystem::path& path, std::string_view content);

// Reads a file whole. NOT_FOUND when there is none.
absl::StatusOr<std::string> ReadFile(const std::filesystem::path& path);

// An exclusive lock on a directory, held by an open file in it and freed by the kernel when the process ends, however
// it ends. Move-only.
class DirectoryLock {
 public:
  // FAILED_PRECONDITION naming the directory when another process holds it.
  static absl::StatusOr<DirectoryLock> Acquire(const std::filesystem::path& directory);

  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock& operator=(DirectoryLock&& other) noexcept;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace broadsheet
