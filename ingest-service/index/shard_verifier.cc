#include "ingest/index/shard_verifier.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/logging.h"

namespace broadsheet::ingest {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr auto kLookInterval = std::chrono::minutes(1);
constexpr auto kRestUnverified = std::chrono::minutes(1);

}  // namespace

FoundDamage DamageOf(const std::string& uuid, const std::vector<FileProblem>& problems) {
  // Metadata are in the table of postings, whose root is named in the version file.
  const bool doubtful = std::any_of(problems.begin(), problems.end(), [](const FileProblem& problem) {
    return problem.file == "postlist.glass" || problem.file == "iamglass";
  });
  return {uuid, InWords(problems), doubtful};
}

ShardVerifier::ShardVerifier(const VerifierOptions& options, const Clock& clock)
    : options_(options), clock_(clock), thread_([this] { Run(); }) {}

ShardVerifier::~ShardVerifier() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void ShardVerifier::SetShards(const Manifest& manifest) {
  {
    std::lock_guard lock(mutex_);
    std::vector<Shard> shards;
    for (const ShardEntry& entry : manifest.shards) {
      if (entry.state != ShardState::kSealed) continue;
      const auto known = std::find_if(shards_.begin(), shards_.end(),
                                      [&](const Shard& shard) { return shard.entry.uuid == entry.uuid; });
      if (known == shards_.end()) next_look_ = {};
      shards.push_back(known != shards_.end() ? std::move(*known) : Shard{entry, {}, std::nullopt, false});
    }
    std::sort(shards.begin(), shards.end(),
              [](const Shard& a, const Shard& b) { return a.entry.last_sequence > b.entry.last_sequence; });
    shards_ = std::move(shards);
  }
  wake_.notify_all();
}

void ShardVerifier::Suspect(const std::string& uuid) {
  {
    std::lock_guard lock(mutex_);
    for (Shard& shard : shards_) {
      if (shard.entry.uuid == uuid) shard.due = {};
    }
  }
  wake_.notify_all();
}

std::vector<FoundDamage> ShardVerifier::Take() {
  std::lock_guard lock(mutex_);
  return std::exchange(found_, {});
}

ShardVerifier::State ShardVerifier::state() const {
  std::lock_guard lock(mutex_);
  State state{bytes_, verifying_, {}};
  for (const Shard& shard : shards_) {
    if (shard.verified.has_value()) state.verified[shard.entry.uuid] = *shard.verified;
  }
  return state;
}

void ShardVerifier::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (SteadyClock::now() >= next_look_) LookForMissing();
    const Shard* due = NextDue();
    if (due != nullptr && due->due <= SteadyClock::now()) {
      Verify(lock, ShardEntry(due->entry));
    } else {
      // A copy: the shards may be others when it looks at the time again.
      const SteadyClock::time_point until = due == nullptr ? next_look_ : std::min(next_look_, due->due);
      wake_.wait_until(lock, until);
    }
  }
}

void ShardVerifier::LookForMissing() {
  next_look_ = SteadyClock::now() + kLookInterval;
  for (Shard& shard : shards_) {
    if (!shard.damaged) Note(shard, FindMissingFiles(options_.directory / shard.entry.uuid, shard.entry));
  }
}

const ShardVerifier::Shard* ShardVerifier::NextDue() const {
  const Shard* next = nullptr;
  for (const Shard& shard : shards_) {
    if (!shard.damaged && (next == nullptr || shard.due < next->due)) next = &shard;
  }
  return next;
}

// The shard may be gone by the time it was read, and its files before.
void ShardVerifier::Verify(std::unique_lock<std::mutex>& lock, const ShardEntry& entry) {
  verifying_ = true;
  lock.unlock();
  const auto problems =
      FindDamagedFiles(options_.directory / entry.uuid, entry, [this](int64_t bytes) { return Pace(bytes); });
  lock.lock();
  verifying_ = false;
  const auto shard =
      std::find_if(shards_.begin(), shards_.end(), [&](const Shard& one) { return one.entry.uuid == entry.uuid; });
  if (shard == shards_.end() || stopping_) return;
  if (!problems.ok()) {
    LogWarning("a shard of the index could not be verified",
               {{"shard", entry.uuid}, {"reason", std::string(problems.status().message())}});
    shard->due = SteadyClock::now() + kRestUnverified;
    return;
  }
  shard->due = SteadyClock::now() + absl::ToChronoNanoseconds(options_.interval);
  Note(*shard, *problems);
  if (!problems->empty()) return;
  shard->verified = clock_.Now();
  LogInfo("a shard of the index was verified", {{"shard", entry.uuid}, {"bytes", absl::StrCat(entry.bytes)}});
}

bool ShardVerifier::Pace(int64_t bytes) {
  std::unique_lock lock(mutex_);
  bytes_ += bytes;
  const auto takes = std::chrono::nanoseconds(bytes * 1'000'000'000 / options_.bytes_per_second);
  next_read_ = std::max(next_read_, SteadyClock::now()) + takes;
  return !wake_.wait_until(lock, next_read_, [this] { return stopping_; });
}

void ShardVerifier::Note(Shard& shard, const std::vector<FileProblem>& problems) {
  if (problems.empty()) return;
  shard.damaged = true;
  found_.push_back(DamageOf(shard.entry.uuid, problems));
}

}  // namespace broadsheet::ingest
