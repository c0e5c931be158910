#include "search/index/damage_watch.h"

#include <utility>

#include "common/base/logging.h"
#include "common/base/thread_priority.h"
#include "common/index/shard_check.h"

namespace broadsheet::search {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto kAgainAfter = std::chrono::minutes(10);

}  // namespace

DamageWatch::DamageWatch(std::filesystem::path index_directory)
    : directory_(std::move(index_directory)), thread_([this] { Run(); }) {}

DamageWatch::~DamageWatch() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void DamageWatch::Remember(const std::string& uuid, const SupersededDocids& marks) {
  std::lock_guard lock(mutex_);
  marks_.try_emplace(uuid, marks);
}

void DamageWatch::Suspect(const std::vector<ShardEntry>& shards) {
  {
    std::lock_guard lock(mutex_);
    const SteadyTime now = SteadyClock::now();
    for (const ShardEntry& shard : shards) {
      if (shard.state != ShardState::kSealed || damaged_.contains(shard.uuid)) continue;
      const auto [verified, is_new] = verified_.try_emplace(shard.uuid, now);
      if (!is_new && now - verified->second < kAgainAfter) continue;
      verified->second = now;
      suspected_.push_back(shard);
    }
  }
  wake_.notify_all();
}

std::optional<DamageWatch::Damaged> DamageWatch::Find(const std::string& uuid) const {
  std::lock_guard lock(mutex_);
  const auto found = damaged_.find(uuid);
  if (found == damaged_.end()) return std::nullopt;
  const auto marks = marks_.find(uuid);
  return Damaged{found->second, marks == marks_.end() ? std::nullopt : std::optional(marks->second)};
}

void DamageWatch::Run() {
  LowerPriority(kBackground);
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || !suspected_.empty(); });
    if (stopping_) return;
    const ShardEntry shard = std::move(suspected_.front());
    suspected_.pop_front();
    lock.unlock();
    const auto problems = FindDamagedFiles(directory_ / shard.uuid, shard, [this](int64_t) { return !stopping_; });
    lock.lock();
    if (!problems.ok() || problems->empty()) continue;
    // A shard that was merged is gone, too: then readers do not ask for it any more.
    const std::string& what = damaged_[shard.uuid] = InWords(*problems);
    version_.fetch_add(1, std::memory_order_acq_rel);
    LogDebug("a shard does not fit its checksums", {{"shard", shard.uuid}, {"damage", what}});
  }
}

}  // namespace broadsheet::search
