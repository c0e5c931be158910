#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/call_context.h"
#include "search/index/reader_pool.h"
#include "search/index/requirements.h"

namespace broadsheet::search {

inline constexpr absl::Duration kLongestWait = absl::Seconds(10);

// Watches the index from a thread of its own: tells whether it can be read, and holds the calls that wait for a
// sequence, so that they occupy no worker. It looks every few milliseconds while somebody waits, else four times a
// second. Thread-safe.
class SnapshotWatcher {
 public:
  // `readable` is called, on the watcher's thread, with the state of the index at first and whenever it changes: OK,
  // or why it cannot be read.
  SnapshotWatcher(ReaderPool& pool, std::function<void(const absl::Status&)> readable);

  // Answers those who still wait with UNAVAILABLE.
  ~SnapshotWatcher();

  // Calls `done` once: OK as soon as the index meets `requirements`, perhaps before Await returns. FAILED_PRECONDITION
  // at once (reason LINEAGE_MISMATCH) when they name another lineage than the index has; with RetryInfo
  // (SEQUENCE_NOT_REACHED) shortly before the caller's deadline and after kLongestWait at most. `done` may run on the
  // watcher's thread and must be quick. Those who call must cap how many wait (common/rpc/parked_calls.h).
  void Await(Requirements requirements, const CallContext& context, std::function<void(absl::Status)> done);

  // The newest sequence seen.
  int64_t sequence() const;

 private:
  struct Waiter {
    Requirements requirements;
    absl::Time until;
    CallContext context;
    std::function<void(absl::Status)> done;
  };
  struct Answer {
    std::function<void(absl::Status)> done;
    absl::Status status;
  };

  void Watch();
  absl::Status Look();
  void Tell(const absl::Status& state);
  bool Decided(const Waiter& waiter, absl::Status& status) const;
  std::vector<Answer> TakeDecided();

  ReaderPool& pool_;
  const std::function<void(const absl::Status&)> readable_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Waiter> waiters_;
  Snapshot latest_;
  bool open_ = false;
  bool stopping_ = false;
  bool told_ = false;
  absl::Status told_state_;
  std::thread thread_;
};

}  // namespace broadsheet::search
