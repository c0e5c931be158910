#include "ingest/archive/kept_dictionary.h"

#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "common/base/durable_file.h"
#include "common/base/hash.h"
#include "common/base/logging.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;

constexpr char kRows[] = "SELECT since, crc, bytes FROM dictionary ORDER BY since";
constexpr char kReplace[] = "REPLACE INTO dictionary(since, crc, bytes) VALUES(?, ?, ?)";

struct DictionaryRow {
  KeptDictionary dictionary;
  uint32_t crc = 0;
};

absl::StatusOr<std::vector<DictionaryRow>> ReadRows(Connection& connection) {
  std::vector<DictionaryRow> rows;
  Query query(connection, kRows);
  while (query.Step())
    rows.push_back({{query.Int(0), std::string(query.Bytes(2))}, static_cast<uint32_t>(query.Int(1))});
  if (!query.status().ok()) return query.status();
  return rows;
}

std::string FileName(int64_t since, uint32_t crc) {
  return absl::StrFormat("dictionary-%d-%08x.zdict", since, crc);
}

// Makes both copies good, if one is; nothing when none is.
absl::StatusOr<std::optional<KeptDictionary>> Mend(Connection& connection, const fs::path& directory,
                                                   DictionaryRow row) {
  const std::string name = FileName(row.dictionary.since, row.crc);
  const auto file = ReadFile(directory / name);
  const bool file_good = file.ok() && Crc32c(*file) == row.crc;
  const bool row_good = Crc32c(row.dictionary.bytes) == row.crc;
  if (!file_good && !row_good) {
    LogError(
        "a dictionary of the archive is damaged, and so is its file; articles made with it cannot be read: restore "
        "the file from a backup and start again",
        {{"file", (directory / name).string()}});
    return std::nullopt;
  }
  if (!row_good) row.dictionary.bytes = *file;
  if (file_good && row_good) return row.dictionary;
  LogWarning("a dictionary of the archive was missing or damaged in one of two places and is written there again",
             {{"file", (directory / name).string()}, {"place", row_good ? "file" : "table"}});
  const absl::Status written =
      row_good ? WriteDictionaryFile(directory, row.dictionary) : InsertDictionary(connection, row.dictionary);
  if (!written.ok()) return written;
  return row.dictionary;
}

}  // namespace

absl::StatusOr<std::vector<KeptDictionary>> LoadDictionaries(Connection& connection, const fs::path& directory) {
  absl::StatusOr<std::vector<DictionaryRow>> rows = ReadRows(connection);
  if (!rows.ok()) return rows.status();
  std::vector<KeptDictionary> dictionaries;
  for (DictionaryRow& row : *rows) {
    auto dictionary = Mend(connection, directory, std::move(row));
    if (!dictionary.ok()) return dictionary.status();
    if (dictionary->has_value()) dictionaries.push_back(**std::move(dictionary));
  }
  return dictionaries;
}

absl::Status InsertDictionary(Connection& connection, const KeptDictionary& dictionary) {
  Query query(connection, kReplace);
  query.Bind(dictionary.since).Bind(Crc32c(dictionary.bytes)).BindBlob(dictionary.bytes);
  return query.Run();
}

absl::Status WriteDictionaryFile(const fs::path& directory, const KeptDictionary& dictionary) {
  return ReplaceFile(directory / FileName(dictionary.since, Crc32c(dictionary.bytes)), dictionary.bytes);
}

}  // namespace broadsheet::ingest
