#include "ingest/index/shard_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/index/shard_check.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

absl::Status SyncFile(const fs::path& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = fd >= 0 && fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) close(fd);
  if (synced) return absl::OkStatus();
  const auto code = fd >= 0 ? absl::StatusCode::kDataLoss : absl::StatusCode::kInternal;
  return ErrorWithReason(code, fd >= 0 ? "SYNC_FAILED" : "FILE_SYSTEM",
                         absl::StrCat("syncing ", path.string(), ": ", std::strerror(error)));
}

}  // namespace

absl::StatusOr<std::vector<ShardFile>> SyncAndSum(const fs::path& directory, const std::function<bool()>& stopping) {
  std::vector<ShardFile> files;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->is_regular_file()) continue;
    if (absl::Status synced = SyncFile(entry->path()); !synced.ok()) return synced;
    auto sum = SumFile(entry->path(), [&stopping](int64_t) { return !stopping(); });
    if (absl::IsDataLoss(sum.status())) return absl::InternalError(sum.status().message());  // it was written just now
    if (!sum.ok()) return sum.status();
    files.push_back(*std::move(sum));
  }
  if (error) return absl::InternalError(absl::StrCat("cannot list ", directory.string(), ": ", error.message()));
  std::sort(files.begin(), files.end(), [](const ShardFile& a, const ShardFile& b) { return a.name < b.name; });
  if (absl::Status synced = SyncDirectory(directory); !synced.ok()) return synced;
  return files;
}

}  // namespace broadsheet::ingest
