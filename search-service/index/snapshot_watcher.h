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
// sequence, so that they occupy no worker. It looks every few milliseconds while somebody waits, fifty times a second
// for streams that follow, else four times a second. Thread-safe.
class SnapshotWatcher {
 public:
  // `readable` is called, on the watcher's thread, with the state of the index at first and whenever it changes: OK,
  // or why it cannot be read; and with which shards of it are left out because they are damaged, in words.
  SnapshotWatcher(ReaderPool& pool, std::function<void(const absl::Status&, const std::string& left_out)> readable);

  // Answers those who still wait with UNAVAILABLE.
  ~SnapshotWatcher();

  // Calls `done` once: OK as soon as the index meets `requirements`, perhaps before Await returns. FAILED_PRECONDITION
  // at once (reason LINEAGE_MISMATCH) when they name another lineage than the index has; with RetryInfo
  // (SEQUENCE_NOT_REACHED) shortly before the caller's deadline and after kLongestWait at most. `done` may run on the
  // watcher's thread and must be quick. Those who call must cap how many wait (common/rpc/parked_calls.h).
  void Await(Requirements requirements, const CallContext& context, std::function<void(absl::Status)> done);

  // Looks often while `attending` returns more than zero, and calls `moved` on the watcher's thread when there is a
  // newer snapshot, or an index again. Both must be quick, and callable until the watcher is gone. At most once.
  void Follow(std::function<size_t()> attending, std::function<void()> moved);

  // The newest snapshot seen.
  Snapshot latest() const;
  int64_t sequence() const { return latest().sequence; }

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
  void Sleep();
  absl::Status Look();
  void Tell(const absl::Status& state);
  bool Decided(const Waiter& waiter, absl::Status& status) const;
  std::vector<Answer> TakeDecided();

  ReaderPool& pool_;
  const std::function<void(const absl::Status&, const std::string&)> readable_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Waiter> waiters_;
  Snapshot latest_;
  std::function<size_t()> attending_;
  std::function<void()> moved_;
  bool moved_on_ = false;  // since moved_ was called
  bool open_ = false;
  bool stopping_ = false;
  bool told_ = false;
  absl::Status told_state_;
  std::string told_left_out_;
  std::thread thread_;
};

}  // namespace broadsheet::search
