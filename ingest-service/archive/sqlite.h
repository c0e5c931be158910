#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct sqlite3;
struct sqlite3_stmt;

// A thin skin over SQLite: connections that keep their prepared statements, and queries that free their locks.
namespace broadsheet::ingest {

// One connection to a database in WAL mode; checkpoints are left to its owner. Not thread-safe: one thread at a time.
class Connection {
 public:
  enum class Mode { kCreate, kReadWrite, kReadOnly };

  // Waits at most `busy` for locks of other connections.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const std::filesystem::path& file, Mode mode,
                                                          std::chrono::milliseconds busy);
  ~Connection();

  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Runs one or more statements for their effect. `sql` need not stay.
  absl::Status Execute(const char* sql);

  // The first column of the first row.
  absl::StatusOr<int64_t> QueryInt(const char* sql);

  // Copies the write-ahead log into the database. kPassive never waits nor blocks; kRestart then blocks writers until
  // the log can begin anew; kTruncate empties it as well. UNAVAILABLE when others kept it from finishing.
  enum class Checkpoint { kPassive, kRestart, kTruncate };
  absl::Status RunCheckpoint(Checkpoint kind);

  // Pages in the write-ahead log after this connection's last commit. Thread-safe.
  int64_t log_pages() const { return log_pages_.load(std::memory_order_relaxed); }

 private:
  friend class Query;

  explicit Connection(std::chrono::milliseconds busy) : busy_(busy) {}
  absl::StatusOr<sqlite3_stmt*> Prepare(const char* sql);
  absl::Status LastError(int code) const;
  static int OnBusy(void* self, int tries);
  static int OnCommit(void* self, sqlite3*, const char*, int pages);

  const std::chrono::milliseconds busy_;
  sqlite3* db_ = nullptr;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;  // by address: see Query
  std::atomic<int64_t> log_pages_{0};
};

// One run of a statement, its parameters bound in order. Errors stick: Step returns false and status() says why. The
// statement is kept for the next run under the address of `sql`, which must be a constant of the program.
class Query {
 public:
  Query(Connection& connection, const char* sql);
  ~Query();

  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // The bytes must stay until the query ends.
  Query& Bind(int64_t value);
  Query& BindText(std::string_view value);
  Query& BindBlob(std::string_view value);

  // Moves to the next row; false at the end and on an error.
  bool Step();

  // Runs to the end, for statements without rows.
  absl::Status Run();

  const absl::Status& status() const { return status_; }

  // Columns of the current row; the bytes stay until the next Step.
  int64_t Int(int column) const;
  std::string_view Bytes(int column) const;

 private:
  void Note(int code);

  Connection& connection_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
  absl::Status status_;
};

}  // namespace broadsheet::ingest
