#include "search/index/reader_pool.h"

#include <string>

#include "common/base/error.h"
#include "search/index/caller.h"

namespace broadsheet::search {

ReaderPool::ReaderPool(std::filesystem::path index_directory)
    : directory_(std::move(index_directory)), damage_(directory_) {}

ReaderPool::Lease::~Lease() {
  pool_.Return(std::move(reader_));
}

ReaderPool::Lease ReaderPool::Acquire() {
  std::unique_lock lock(mutex_);
  if (idle_.empty()) {
    lock.unlock();
    return {*this, std::make_unique<Reader>(directory_, &damage_, dictionaries_)};
  }
  auto reader = std::move(idle_.back());
  idle_.pop_back();
  return {*this, std::move(reader)};
}

absl::StatusOr<ColumnSet> ReaderPool::ColumnsOf(Reader& reader, const CallContext& context) {
  ColumnSet set;
  for (OpenShard& shard : reader.shards()) {
    auto columns = columns_.Get(shard.entry.uuid, shard.database, shard.revision, context);
    if (!columns.ok()) return columns.status();
    set.push_back(*std::move(columns));
  }
  columns_.Keep(set);
  return set;
}

std::optional<ColumnSet> ReaderPool::ReadyColumnsOf(const Reader& reader) const {
  ColumnSet set;
  for (const OpenShard& shard : reader.shards()) {
    auto columns = columns_.Find(shard.entry.uuid, shard.revision);
    if (columns == nullptr) return std::nullopt;
    set.push_back(std::move(columns));
  }
  return set;
}

void ReaderPool::Return(std::unique_ptr<Reader> reader) {
  std::vector<std::unique_ptr<Reader>> outdated;  // closed without the lock
  std::lock_guard lock(mutex_);
  if (reader->generation() != generation_) {
    generation_ = reader->generation();
    outdated.swap(idle_);
  }
  idle_.push_back(std::move(reader));
}

void ReaderPool::Note(const absl::Status& failed, const Reader& reader) {
  const std::string reason = ReasonOf(failed);
  if (!absl::IsDataLoss(failed) && reason != "ENGINE" && reason != "INDEX_MISSING") return;
  std::vector<ShardEntry> shards;
  for (const OpenShard& shard : reader.shards())
    shards.push_back(shard.entry);
  damage_.Suspect(shards);
}

bool ReaderPool::WasOvertaken(const absl::Status& status) {
  return absl::IsAborted(status) && ReasonOf(status) == "INDEX_CHANGED";
}

absl::Status ReaderPool::GaveUp(const CallContext& context) {
  if (auto waits = CheckCaller(context); !waits.ok()) return waits;
  return RetryableError(absl::StatusCode::kAborted, "INDEX_CHANGED",
                        "the index changed faster than the question could be answered: ask again",
                        absl::Milliseconds(200));
}

}  // namespace broadsheet::search
