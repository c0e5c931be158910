#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "absl/status/statusor.h"
#include "ingest/index/seal.h"

namespace broadsheet::ingest {

// Seals shards on a thread of its own, one request at a time. Thread-safe.
class Sealer {
 public:
  struct Result {
    SealRequest request;
    absl::StatusOr<ShardEntry> sealed;
  };

  Sealer();

  // Stops what it is at.
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  // Not while it is busy.
  void Start(SealRequest request);

  // From Start() until its result is taken.
  bool busy() const;

  // The result, once it is there.
  std::optional<Result> Take();

 private:
  void Run();
  bool stopping() const;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<SealRequest> request_;  // guarded by mutex_, as what follows
  std::optional<Result> result_;
  bool busy_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace broadsheet::ingest
