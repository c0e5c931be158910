#include "ingest/index/shard_files.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/durable_file.h"
#include "common/index/shard_check.h"

namespace broadsheet::ingest {

namespace fs = std::filesystem;

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
