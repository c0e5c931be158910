#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/archive/sqlite.h"

namespace broadsheet::ingest {

// A few read-only connections to one database, lent to one thread at a time. Thread-safe.
class ConnectionPool {
 public:
  // Gives its connection back when destroyed. Move-only.
  class Lease {
   public:
    Lease(ConnectionPool& pool, std::unique_ptr<Connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    Lease(Lease&&) = default;
    ~Lease() {
      if (connection_ != nullptr) pool_->Return(std::move(connection_));
    }
    Connection& operator*() const { return *connection_; }

   private:
    ConnectionPool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  static absl::StatusOr<std::unique_ptr<ConnectionPool>> Open(const std::filesystem::path& file, int size);

  // Waits until one is free.
  Lease Borrow();

 private:
  ConnectionPool() = default;
  void Return(std::unique_ptr<Connection> connection);

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

}  // namespace broadsheet::ingest
