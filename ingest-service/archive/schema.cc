#include "ingest/archive/schema.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/hash.h"

namespace broadsheet::ingest {
namespace {

constexpr int kOldestFormat = 1;  // schema.h

constexpr char kTables[] = R"sql(
CREATE TABLE event(
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,
  article_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  updated_us INTEGER NOT NULL,
  normaliser_version INTEGER NOT NULL,
  raw_hash TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  duplicate_of TEXT NOT NULL,
  derived_crc INTEGER NOT NULL,
  raw_crc INTEGER NOT NULL,
  derived BLOB NOT NULL,
  raw BLOB NOT NULL) STRICT;
CREATE INDEX event_by_article ON event(article_id);
CREATE TABLE head(
  id TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  updated_us INTEGER NOT NULL,
  raw_hash TEXT NOT NULL,
  text_hash TEXT NOT NULL,
  text_since INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  duplicate_of TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX head_by_sequence ON head(sequence);
CREATE INDEX head_by_text ON head(text_hash, copy, text_since) WHERE deleted = 0;
CREATE TABLE alias(
  kind INTEGER NOT NULL,
  key TEXT NOT NULL,
  article_id TEXT NOT NULL,
  PRIMARY KEY(kind, key)) STRICT, WITHOUT ROWID;
CREATE TABLE tally(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO tally VALUES('articles', 0), ('tombstones', 0);
CREATE TABLE identity(lineage TEXT NOT NULL) STRICT;
)sql";

constexpr char kDictionaryTable[] =
    "CREATE TABLE dictionary(since INTEGER NOT NULL, crc INTEGER NOT NULL, bytes BLOB NOT NULL,"
    " PRIMARY KEY(since, crc)) STRICT, WITHOUT ROWID;";

absl::Status Create(Connection& connection) {
  // Page size and auto_vacuum are fixed by the first write, which the change to WAL is.
  std::string settings =
      absl::StrCat("PRAGMA page_size=", kPageSize, "; PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL;");
  if (absl::Status status = connection.Execute(settings.c_str()); !status.ok()) return status;
  std::string create =
      absl::StrCat("BEGIN IMMEDIATE;", kTables, kDictionaryTable, "INSERT INTO identity VALUES('", NewUuid(),
                   "'); PRAGMA application_id=", kApplicationId, "; PRAGMA user_version=", kArchiveFormat, "; COMMIT;");
  return connection.Execute(create.c_str());
}

}  // namespace

absl::Status PrepareSchema(Connection& connection) {
  absl::StatusOr<int64_t> objects = connection.QueryInt("SELECT count(*) FROM sqlite_schema");
  if (!objects.ok()) return objects.status();
  if (*objects == 0) return Create(connection);
  absl::StatusOr<int64_t> application = connection.QueryInt("PRAGMA application_id");
  if (!application.ok()) return application.status();
  if (*application != kApplicationId) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "NOT_AN_ARCHIVE",
                           "archive.db is an SQLite database of another program; choose another data directory");
  }
  absl::StatusOr<int64_t> format = connection.QueryInt("PRAGMA user_version");
  if (!format.ok()) return format.status();
  if (*format >= kOldestFormat && *format < kArchiveFormat) {
    return connection.Execute(absl::StrCat("PRAGMA journal_mode=WAL; BEGIN IMMEDIATE;", kDictionaryTable,
                                           "PRAGMA user_version=", kArchiveFormat, "; COMMIT;")
                                  .c_str());
  }
  if (*format == kArchiveFormat) return connection.Execute("PRAGMA journal_mode=WAL");
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "ARCHIVE_FORMAT",
                         absl::StrCat("the archive has format ", *format, ", this program reads format ",
                                      kArchiveFormat, "; run the version that wrote it"));
}

absl::StatusOr<std::string> ReadLineage(Connection& connection) {
  Query query(connection, "SELECT lineage FROM identity");
  if (query.Step()) return std::string(query.Bytes(0));
  if (!query.status().ok()) return query.status();
  return ErrorWithReason(absl::StatusCode::kDataLoss, "ARCHIVE_CORRUPT", "the archive has lost its lineage");
}

}  // namespace broadsheet::ingest
