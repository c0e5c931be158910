#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "common/index/manifest.h"
#include "common/index/superseded.h"

namespace broadsheet::search {

// What search-service finds out about damaged shards by itself, before ingest-service does. When something was read
// that cannot be, the sealed shards of the manifest are verified against its checksums, on a thread of its own with low
// priority, each at most once in ten minutes; readers leave out those that do not fit, from their next snapshot on
// until the process or the shard ends. What such a shard said of superseded documents in others is remembered from when
// it was whole. Thread-safe.
class DamageWatch {
 public:
  // A shard that does not fit its checksums.
  struct Damaged {
    std::string what;                       // which files, in words
    std::optional<SupersededDocids> marks;  // that it held; none when no reader had it open
  };

  explicit DamageWatch(std::filesystem::path index_directory);
  ~DamageWatch();
  DamageWatch(const DamageWatch&) = delete;
  DamageWatch& operator=(const DamageWatch&) = delete;

  // What a sealed shard says of superseded documents, as a reader found it.
  void Remember(const std::string& uuid, const SupersededDocids& marks);

  // Something may be wrong with one of these.
  void Suspect(const std::vector<ShardEntry>& shards);

  // Grows whenever a damaged shard is found.
  uint64_t version() const { return version_.load(std::memory_order_acquire); }

  // What was found of a shard, if it was.
  std::optional<Damaged> Find(const std::string& uuid) const;

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  void Run();

  const std::filesystem::path directory_;
  std::atomic<uint64_t> version_{0};
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> stopping_{false};
  std::deque<ShardEntry> suspected_;            // guarded by mutex_, as what follows
  std::map<std::string, SteadyTime> verified_;  // by uuid, when it was last begun
  std::map<std::string, std::string> damaged_;  // what, by uuid
  std::map<std::string, SupersededDocids> marks_;
  std::thread thread_;
};

}  // namespace broadsheet::search
