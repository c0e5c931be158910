#include "ingest/index/shard_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/hash.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

constexpr size_t kReadBytes = 1 << 20;

absl::Status Failed(std::string_view doing, const fs::path& path) {
  return ErrorWithReason(absl::StatusCode::kInternal, "FILE_SYSTEM",
                         absl::StrCat(std::string(doing), " ", path.string(), ": ", std::strerror(errno)));
}

// An open file.
class File {
 public:
  explicit File(const fs::path& path) : path_(path), fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  absl::StatusOr<ShardFile> Sum(const std::function<bool()>& stopping) const {
    if (fd_ < 0) return Failed("opening", path_);
    ShardFile sum{path_.filename().string(), 0, 0};
    std::string buffer(kReadBytes, '\0');
    while (true) {
      if (stopping()) return absl::CancelledError("stopping");
      const ssize_t count = read(fd_, buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return Failed("reading", path_);
      if (count == 0) return sum;
      sum.bytes += count;
      sum.crc32c = Crc32c(std::string_view(buffer).substr(0, static_cast<size_t>(count)), sum.crc32c);
    }
  }

  absl::Status Sync() const {
    if (fd_ < 0) return Failed("opening", path_);
    if (fsync(fd_) == 0) return absl::OkStatus();
    return ErrorWithReason(absl::StatusCode::kDataLoss, "SYNC_FAILED",
                           absl::StrCat("syncing ", path_.string(), ": ", std::strerror(errno)));
  }

 private:
  const fs::path path_;
  const int fd_;
};

}  // namespace

absl::StatusOr<std::vector<ShardFile>> SyncAndSum(const fs::path& directory, const std::function<bool()>& stopping) {
  std::vector<ShardFile> files;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->is_regular_file()) continue;
    const File file(entry->path());
    if (absl::Status synced = file.Sync(); !synced.ok()) return synced;
    auto sum = file.Sum(stopping);
    if (!sum.ok()) return sum.status();
    files.push_back(*std::move(sum));
  }
  if (error) return absl::InternalError(absl::StrCat("cannot list ", directory.string(), ": ", error.message()));
  std::sort(files.begin(), files.end(), [](const ShardFile& a, const ShardFile& b) { return a.name < b.name; });
  if (absl::Status synced = SyncDirectory(directory); !synced.ok()) return synced;
  return files;
}

}  // namespace broadsheet::ingest
