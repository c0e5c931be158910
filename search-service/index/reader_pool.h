#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/base/call_context.h"
#include "search/columns/column_store.h"
#include "search/index/reader.h"

namespace broadsheet::search {

// How hard one attempt at a question may work.
enum class Effort {
  kFull,
  kBounded,  // the last attempt: nothing that can be left out with the answer still true
};

inline constexpr int kAttempts = 3;

// Readers of one index for the threads that ask. A lease gives one thread the reader alone, so that no handle of the
// engine is ever used by two threads at a time; there are as many readers as there were leases at once. Idle ones let
// go of shards that were replaced as soon as one was given back that is on the newer manifest. Thread-safe.
class ReaderPool {
 public:
  explicit ReaderPool(std::filesystem::path index_directory);

  // A reader for one thread, given back when the lease ends.
  class Lease {
   public:
    Lease(ReaderPool& pool, std::unique_ptr<Reader> reader) : pool_(pool), reader_(std::move(reader)) {}
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;

    Reader& operator*() { return *reader_; }
    Reader* operator->() { return reader_.get(); }

   private:
    ReaderPool& pool_;
    std::unique_ptr<Reader> reader_;
  };
  Lease Acquire();

  // The columns of the snapshot that `reader`, one of this pool's, is on; built first when they are not there yet.
  // Errors as ColumnStore::Get.
  absl::StatusOr<ColumnSet> ColumnsOf(Reader& reader, const CallContext& context);

  // The same, when they are there already; nothing when they are not.
  std::optional<ColumnSet> ReadyColumnsOf(const Reader& reader) const;

  // Memory of the columns.
  size_t column_bytes() const { return columns_.bytes(); }

  // Runs `work` (Reader&, Effort) -> absl::Status or absl::StatusOr<T> on the newest snapshot. When commits overtake
  // it, it is run again, whole, on a newer one: kAttempts times in all, the last with Effort::kBounded; then ABORTED
  // with RetryInfo. UNAVAILABLE when there is no index. When it fails in a way that damage of a shard may be the cause
  // of, the shards are verified (damage_watch.h), and later runs are without one that is damaged.
  template <typename Work>
  auto Run(const CallContext& context, Work&& work) -> decltype(work(std::declval<Reader&>(), Effort::kFull)) {
    Lease reader = Acquire();
    for (int attempt = 1; attempt <= kAttempts && !context.Expired(); ++attempt) {
      absl::Status fresh = reader->Refresh();
      if (absl::IsAborted(fresh)) continue;
      if (!fresh.ok()) return fresh;
      auto result = work(*reader, attempt == kAttempts ? Effort::kBounded : Effort::kFull);
      if (!WasOvertaken(StatusOf(result))) {
        if (!StatusOf(result).ok()) Note(StatusOf(result), *reader);
        return result;
      }
    }
    return GaveUp(context);
  }

 private:
  static const absl::Status& StatusOf(const absl::Status& status) { return status; }
  template <typename Value>
  static const absl::Status& StatusOf(const absl::StatusOr<Value>& value) {
    return value.status();
  }
  static bool WasOvertaken(const absl::Status& status);
  static absl::Status GaveUp(const CallContext& context);
  void Note(const absl::Status& failed, const Reader& reader);
  void Return(std::unique_ptr<Reader> reader);

  const std::filesystem::path directory_;
  DamageWatch damage_;
  const std::shared_ptr<DictionaryStore> dictionaries_ = std::make_shared<DictionaryStore>();
  ColumnStore columns_;
  std::mutex mutex_;
  int64_t generation_ = 0;                     // of the manifest that idle readers are on
  std::vector<std::unique_ptr<Reader>> idle_;  // used last, taken first: its caches are warm
};

}  // namespace broadsheet::search
