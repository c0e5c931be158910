#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/index/manifest.h"

// Whether the files of a sealed shard are still those that its manifest's checksums are of. The engine's own tables
// have no checksums: without this a flipped bit is found by chance, or gives wrong answers.
namespace broadsheet {

// Called with the bytes of each piece that was read; false ends the reading. It may wait, to read slowly.
using ReadPace = std::function<bool(int64_t bytes)>;

// What was found of one file.
struct FileProblem {
  std::string file;
  std::string what;  // in words
};

// Size and CRC32C of a file. CANCELLED when `pace` ends it; DATA_LOSS when it is not there or the disk cannot read it;
// INTERNAL, with the path, for what says nothing of the file, as too many open ones.
absl::StatusOr<ShardFile> SumFile(const std::filesystem::path& path, const ReadPace& pace);

// Files of `shard` that are not there or not of the right size. Reads none.
std::vector<FileProblem> FindMissingFiles(const std::filesystem::path& directory, const ShardEntry& shard);

// The same, and those whose content has another checksum. Reads all files, through the page cache. Errors as SumFile,
// but for DATA_LOSS.
absl::StatusOr<std::vector<FileProblem>> FindDamagedFiles(const std::filesystem::path& directory,
                                                          const ShardEntry& shard, const ReadPace& pace);

// "postlist.glass has another checksum, docdata.glass is missing".
std::string InWords(const std::vector<FileProblem>& problems);

}  // namespace broadsheet
