#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ingest/index/index_event.h"
#include "ingest/index/shard_writer.h"

namespace broadsheet::ingest {

// Reads durable events and prepares their documents on a thread of its own, some ahead of the one writer that takes
// them. What waits is bounded. Next() and Restart() belong to the writer's thread; the rest is thread-safe.
class EventFeed {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Reads events after `after_sequence`, up to `durable_sequence` until Notify() says more.
  EventFeed(EventReader read, int64_t after_sequence, int64_t durable_sequence);

  // Close(), then joins the thread.
  ~EventFeed();

  EventFeed(const EventFeed&) = delete;
  EventFeed& operator=(const EventFeed&) = delete;

  // Events up to `sequence` may be read.
  void Notify(int64_t sequence);

  // The next event. Nothing at `until`, when the feed is closed, or now and then for no reason. An error of the reader
  // comes again until Restart().
  absl::StatusOr<std::optional<PreparedEvent>> Next(std::optional<Time> until);

  // Waits until then, or until the feed is closed.
  void Sleep(Time until);

  // Begins again after `after_sequence`; what waits is dropped.
  void Restart(int64_t after_sequence);

  // Ends the feed.
  void Close();

  bool closed() const;

  // Whether every durable event was handed out.
  bool caught_up() const;

  int64_t durable_sequence() const;

 private:
  struct Work {
    uint64_t epoch;
    int64_t after_sequence;
    int64_t through_sequence;
  };

  void Run();
  std::optional<Work> WaitForWork();
  void Deliver(const Work& work, absl::StatusOr<std::vector<IndexEvent>> events);
  bool Offer(uint64_t epoch, absl::StatusOr<PreparedEvent> event);
  bool HasRoom() const;  // under mutex_

  const EventReader read_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int64_t durable_sequence_;
  int64_t read_sequence_;  // read up to here
  uint64_t epoch_ = 0;     // grows with each Restart()
  std::deque<PreparedEvent> ready_;
  size_t ready_bytes_ = 0;
  bool preparing_ = false;  // events read, not all offered yet
  bool nudged_ = false;
  bool closed_ = false;
  absl::Status failure_;
  std::thread thread_;
};

}  // namespace broadsheet::ingest
