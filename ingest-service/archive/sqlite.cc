#include "ingest/archive/sqlite.h"

#include <sqlite3.h>

#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet::ingest {
namespace {

constexpr std::chrono::microseconds kBusyPause{500};  // SQLite's own handler sleeps up to 100 ms at a time

absl::Status StatusOfCode(int code, std::string_view words) {
  std::string message = absl::StrCat("archive: ", std::string(words), " (SQLite code ", code, ")");
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorWithReason(absl::StatusCode::kUnavailable, "ARCHIVE_BUSY", message);
    case SQLITE_FULL:
      return ErrorWithReason(absl::StatusCode::kResourceExhausted, "ARCHIVE_FULL", message);
    case SQLITE_CORRUPT:
      return ErrorWithReason(absl::StatusCode::kDataLoss, "ARCHIVE_CORRUPT", message);
    case SQLITE_NOTADB:
      return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "NOT_AN_ARCHIVE", message);
    default:
      return ErrorWithReason(absl::StatusCode::kInternal, "ARCHIVE", message);
  }
}

int OpenFlags(Connection::Mode mode) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (mode) {
    case Connection::Mode::kCreate:
      return flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Connection::Mode::kReadWrite:
      return flags | SQLITE_OPEN_READWRITE;
    case Connection::Mode::kReadOnly:
      break;
  }
  return flags | SQLITE_OPEN_READONLY;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const std::filesystem::path& file, Mode mode,
                                                             std::chrono::milliseconds busy) {
  std::unique_ptr<Connection> connection(new Connection(busy));
  int code = sqlite3_open_v2(file.c_str(), &connection->db_, OpenFlags(mode), nullptr);
  if (code != SQLITE_OK) return StatusOfCode(code, absl::StrCat("opening ", file.string()));
  sqlite3_busy_handler(connection->db_, &Connection::OnBusy, connection.get());
  // The hook takes the place of automatic checkpoints, which would run on the acknowledging path.
  sqlite3_wal_hook(connection->db_, &Connection::OnCommit, connection.get());
  sqlite3_db_config(connection->db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return connection;
}

Connection::~Connection() {
  for (auto& [sql, statement] : statements_)
    sqlite3_finalize(statement);
  sqlite3_close(db_);
}

int Connection::OnBusy(void* self, int tries) {
  if (tries * kBusyPause >= static_cast<Connection*>(self)->busy_) return 0;
  std::this_thread::sleep_for(kBusyPause);
  return 1;
}

int Connection::OnCommit(void* self, sqlite3*, const char*, int pages) {
  static_cast<Connection*>(self)->log_pages_.store(pages, std::memory_order_relaxed);
  return SQLITE_OK;
}

absl::Status Connection::LastError(int code) const {
  return StatusOfCode(code, sqlite3_errmsg(db_));
}

absl::Status Connection::Execute(const char* sql) {
  int code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : LastError(code);
}

absl::StatusOr<int64_t> Connection::QueryInt(const char* sql) {
  Query query(*this, sql);
  if (query.Step()) return query.Int(0);
  if (!query.status().ok()) return query.status();
  return absl::NotFoundError(absl::StrCat("archive: no row for ", sql));
}

absl::Status Connection::RunCheckpoint(Checkpoint kind) {
  int mode = kind == Checkpoint::kPassive   ? SQLITE_CHECKPOINT_PASSIVE
             : kind == Checkpoint::kRestart ? SQLITE_CHECKPOINT_RESTART
                                            : SQLITE_CHECKPOINT_TRUNCATE;
  int code = sqlite3_wal_checkpoint_v2(db_, nullptr, mode, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : LastError(code);
}

absl::StatusOr<sqlite3_stmt*> Connection::Prepare(const char* sql) {
  auto [entry, added] = statements_.try_emplace(sql, nullptr);
  if (!added && entry->second != nullptr) return entry->second;
  int code = sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &entry->second, nullptr);
  if (code != SQLITE_OK) return LastError(code);
  return entry->second;
}

Query::Query(Connection& connection, const char* sql) : connection_(connection) {
  absl::StatusOr<sqlite3_stmt*> statement = connection.Prepare(sql);
  status_ = statement.status();
  if (statement.ok()) statement_ = *statement;
}

Query::~Query() {
  if (statement_ != nullptr) sqlite3_reset(statement_);
}

void Query::Note(int code) {
  if (code != SQLITE_OK && status_.ok()) status_ = connection_.LastError(code);
}

Query& Query::Bind(int64_t value) {
  if (status_.ok()) Note(sqlite3_bind_int64(statement_, ++bound_, value));
  return *this;
}

Query& Query::BindText(std::string_view value) {
  // A null pointer would bind NULL.
  const char* data = value.data() == nullptr ? "" : value.data();
  if (status_.ok()) Note(sqlite3_bind_text(statement_, ++bound_, data, static_cast<int>(value.size()), SQLITE_STATIC));
  return *this;
}

Query& Query::BindBlob(std::string_view value) {
  const char* data = value.data() == nullptr ? "" : value.data();
  if (status_.ok()) Note(sqlite3_bind_blob(statement_, ++bound_, data, static_cast<int>(value.size()), SQLITE_STATIC));
  return *this;
}

bool Query::Step() {
  if (!status_.ok()) return false;
  int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) Note(code);
  return false;
}

absl::Status Query::Run() {
  while (Step()) {
  }
  return status_;
}

int64_t Query::Int(int column) const {
  return sqlite3_column_int64(statement_, column);
}

std::string_view Query::Bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  return {static_cast<const char*>(data), static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

}  // namespace broadsheet::ingest
