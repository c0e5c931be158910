#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/index/manifest.h"
#include "common/index/shard_check.h"

namespace broadsheet::ingest {

// A shard whose files are not what its checksums say.
struct FoundDamage {
  std::string uuid;
  std::string what;            // which files, in words
  bool marks_doubtful = true;  // what was read of its metadata may be wrong
};

struct VerifierOptions {
  std::filesystem::path directory;            // of the index
  absl::Duration interval = absl::Hours(24);  // from one verification of a shard to the next
  int64_t bytes_per_second = 32 << 20;
};

// Verifies the files of sealed shards against the checksums of the manifest, from a thread of its own, no more
// than so many bytes a second: each shard at the start, and again after the interval; one after the other,
// the newest first. Once a minute it looks whether all files are there and as long as they were. Thread-safe.
class ShardVerifier {
 public:
  struct State {
    int64_t bytes = 0;                           // verified since the start
    bool verifying = false;                      // a shard, now
    std::map<std::string, absl::Time> verified;  // when each was last found whole, by uuid
  };

  // `clock` must outlive it. It begins when it is told of shards.
  ShardVerifier(const VerifierOptions& options, const Clock& clock);

  // Stops what it is at.
  ~ShardVerifier();
  ShardVerifier(const ShardVerifier&) = delete;
  ShardVerifier& operator=(const ShardVerifier&) = delete;

  // From now on the sealed shards of `manifest` are those to look at.
  void SetShards(const Manifest& manifest);

  // Something went wrong with it: it is the next to be verified.
  void Suspect(const std::string& uuid);

  // What was found since the last call.
  std::vector<FoundDamage> Take();

  State state() const;

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Shard {
    ShardEntry entry;
    SteadyTime due;  // at first the beginning of time
    std::optional<absl::Time> verified;
    bool damaged = false;
  };

  void Run();
  void LookForMissing();         // under mutex_
  const Shard* NextDue() const;  // likewise
  void Verify(std::unique_lock<std::mutex>& lock, const ShardEntry& entry);
  bool Pace(int64_t bytes);
  void Note(Shard& shard, const std::vector<FileProblem>& problems);  // likewise

  const VerifierOptions options_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Shard> shards_;  // the newest first; guarded by mutex_, as what follows
  std::vector<FoundDamage> found_;
  int64_t bytes_ = 0;
  bool verifying_ = false;
  bool stopping_ = false;
  SteadyTime next_look_;
  SteadyTime next_read_;
  std::thread thread_;
};

// Damage from what was found of a shard's files.
FoundDamage DamageOf(const std::string& uuid, const std::vector<FileProblem>& problems);

}  // namespace broadsheet::ingest
