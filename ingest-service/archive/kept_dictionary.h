#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ingest/archive/sqlite.h"

// Without its dictionary an article cannot be read, so each is kept twice: in a table of the archive, and in a file
// beside it, DIR/dictionary-SINCE-CRC.zdict, as the zstd program takes it (zstd -D). The table says which there are;
// what is damaged of the bytes in it, or missing or damaged among the files, is made again from the other place when
// the archive is opened.
namespace broadsheet::ingest {

struct KeptDictionary {
  int64_t since = 0;  // sequence of the newest event when it was made
  std::string bytes;
};

// Oldest first. One that is damaged in both places is left out, and an error is logged.
absl::StatusOr<std::vector<KeptDictionary>> LoadDictionaries(Connection& connection,
                                                             const std::filesystem::path& directory);

// Into the table, in the transaction that the connection is in.
absl::Status InsertDictionary(Connection& connection, const KeptDictionary& dictionary);

// Into the file, durably. Errors of ReplaceFile (common/base/durable_file.h).
absl::Status WriteDictionaryFile(const std::filesystem::path& directory, const KeptDictionary& dictionary);

}  // namespace broadsheet::ingest
