#include "search/columns/column_store.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "common/base/error.h"
#include "common/index/xapian_status.h"
#include "search/columns/build_columns.h"

namespace broadsheet::search {
namespace {

constexpr size_t kRevisionsKept = 2;  // a call may still be at the revision before the newest
constexpr auto kLookInterval = std::chrono::milliseconds(20);

}  // namespace

absl::StatusOr<std::shared_ptr<const ShardColumns>> ColumnStore::Get(const std::string& uuid,
                                                                     const Xapian::Database& database,
                                                                     uint64_t revision, const CallContext& context) {
  std::unique_lock lock(mutex_);
  std::shared_ptr<const ShardColumns> base;
  for (;;) {
    Shard& shard = shards_[uuid];
    if (auto found = shard.revisions.find(revision); found != shard.revisions.end()) return found->second;
    if (!shard.building) {
      shard.building = true;
      base = NearestOf(shard, revision);
      break;
    }
    if (context.Expired()) {
      return ErrorWithReason(absl::StatusCode::kDeadlineExceeded, "DEADLINE",
                             "the columns of the index are being built");
    }
    built_.wait_for(lock, kLookInterval);
  }
  lock.unlock();
  auto built = CatchXapian(
      [&] { return std::make_shared<const ShardColumns>(BuildColumns(database, revision, base.get(), context)); });
  lock.lock();
  Shard& shard = shards_[uuid];
  shard.building = false;
  if (built.ok()) Store(shard, *built);
  built_.notify_all();
  return built;
}

std::shared_ptr<const ShardColumns> ColumnStore::Find(const std::string& uuid, uint64_t revision) const {
  std::lock_guard lock(mutex_);
  auto shard = shards_.find(uuid);
  if (shard == shards_.end()) return nullptr;
  auto found = shard->second.revisions.find(revision);
  return found == shard->second.revisions.end() ? nullptr : found->second;
}

std::shared_ptr<const ShardColumns> ColumnStore::NearestOf(const Shard& shard, uint64_t revision) {
  if (shard.revisions.empty()) return nullptr;
  auto next = shard.revisions.lower_bound(revision);
  return next == shard.revisions.begin() ? next->second : std::prev(next)->second;
}

void ColumnStore::Store(Shard& shard, std::shared_ptr<const ShardColumns> columns) {
  const uint64_t revision = columns->revision;
  shard.revisions[revision] = std::move(columns);
  if (shard.revisions.size() > kRevisionsKept) shard.revisions.erase(shard.revisions.begin());
}

void ColumnStore::Keep(const ColumnSet& set) {
  std::lock_guard lock(mutex_);
  std::erase_if(shards_, [&](const auto& entry) {
    const Shard& shard = entry.second;
    if (shard.building || shard.revisions.empty()) return false;
    const std::string& uuid = shard.revisions.begin()->second->database_uuid;
    return std::none_of(set.begin(), set.end(), [&](const auto& columns) { return columns->database_uuid == uuid; });
  });
}

size_t ColumnStore::bytes() const {
  std::lock_guard lock(mutex_);
  size_t bytes = 0;
  for (const auto& [uuid, shard] : shards_) {
    for (const auto& [revision, columns] : shard.revisions)
      bytes += columns->bytes();
  }
  return bytes;
}

}  // namespace broadsheet::search
