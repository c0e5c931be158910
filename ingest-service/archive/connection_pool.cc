#include "ingest/archive/connection_pool.h"

#include <chrono>
#include <utility>

namespace broadsheet::ingest {

absl::StatusOr<std::unique_ptr<ConnectionPool>> ConnectionPool::Open(const std::filesystem::path& file, int size) {
  std::unique_ptr<ConnectionPool> pool(new ConnectionPool);
  for (int i = 0; i < size; ++i) {
    auto connection = Connection::Open(file, Connection::Mode::kReadOnly, std::chrono::seconds(10));
    if (!connection.ok()) return connection.status();
    pool->idle_.push_back(*std::move(connection));
  }
  return pool;
}

ConnectionPool::Lease ConnectionPool::Borrow() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return !idle_.empty(); });
  std::unique_ptr<Connection> connection = std::move(idle_.back());
  idle_.pop_back();
  return Lease(*this, std::move(connection));
}

void ConnectionPool::Return(std::unique_ptr<Connection> connection) {
  {
    std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

}  // namespace broadsheet::ingest
