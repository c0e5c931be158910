#include "common/index/shard_check.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/hash.h"

namespace broadsheet {
namespace {

namespace fs = std::filesystem;

constexpr size_t kReadBytes = 1 << 20;

// Errors that say something of the file, and not of the process.
bool IsOfTheFile(int error) {
  constexpr int kErrors[] = {ENOENT, ENOTDIR, EISDIR, EIO, EUCLEAN, EBADMSG, EILSEQ};
  return std::find(std::begin(kErrors), std::end(kErrors), error) != std::end(kErrors);
}

absl::Status Failed(std::string_view doing, const fs::path& path) {
  const int error = errno;
  const auto code = IsOfTheFile(error) ? absl::StatusCode::kDataLoss : absl::StatusCode::kInternal;
  return ErrorWithReason(code, "FILE_SYSTEM",
                         absl::StrCat(std::string(doing), " ", path.string(), ": ", std::strerror(error)));
}

// Closes it at the end.
class Descriptor {
 public:
  explicit Descriptor(const fs::path& path) : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  const int fd_;
};

std::optional<FileProblem> FindMissing(const fs::path& directory, const ShardFile& file) {
  std::error_code error;
  const auto bytes = fs::file_size(directory / file.name, error);
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) {
    return FileProblem{file.name, "is missing"};
  }
  if (error || static_cast<int64_t>(bytes) == file.bytes) return std::nullopt;
  return FileProblem{file.name, absl::StrCat("has ", bytes, " bytes in the place of ", file.bytes)};
}

}  // namespace

absl::StatusOr<ShardFile> SumFile(const fs::path& path, const ReadPace& pace) {
  const Descriptor file(path);
  if (file.get() < 0) return Failed("opening", path);
  ShardFile sum{path.filename().string(), 0, 0};
  std::string buffer(kReadBytes, '\0');
  while (true) {
    const ssize_t count = read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failed("reading", path);
    if (!pace(count)) return absl::CancelledError("stopping");
    if (count == 0) return sum;
    sum.bytes += count;
    sum.crc32c = Crc32c(std::string_view(buffer).substr(0, static_cast<size_t>(count)), sum.crc32c);
  }
}

std::vector<FileProblem> FindMissingFiles(const fs::path& directory, const ShardEntry& shard) {
  std::vector<FileProblem> problems;
  for (const ShardFile& file : shard.files) {
    if (auto problem = FindMissing(directory, file); problem.has_value()) problems.push_back(*std::move(problem));
  }
  return problems;
}

absl::StatusOr<std::vector<FileProblem>> FindDamagedFiles(const fs::path& directory, const ShardEntry& shard,
                                                          const ReadPace& pace) {
  std::vector<FileProblem> problems;
  for (const ShardFile& file : shard.files) {
    if (auto missing = FindMissing(directory, file); missing.has_value()) {
      problems.push_back(*std::move(missing));
      continue;
    }
    const auto sum = SumFile(directory / file.name, pace);
    if (absl::IsDataLoss(sum.status())) {
      problems.push_back({file.name, "cannot be read"});
    } else if (!sum.ok()) {
      return sum.status();
    } else if (*sum != file) {
      problems.push_back({file.name, "has another checksum"});
    }
  }
  return problems;
}

std::string InWords(const std::vector<FileProblem>& problems) {
  std::string words;
  for (const FileProblem& problem : problems)
    absl::StrAppend(&words, words.empty() ? "" : ", ", problem.file, " ", problem.what);
  return words;
}

}  // namespace broadsheet
