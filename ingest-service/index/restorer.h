#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ingest/index/archive_view.h"
#include "ingest/index/event_feed.h"

namespace broadsheet::ingest {

// What needs no document any more.
struct Forgotten {
  int64_t through_sequence = 0;                       // deletions up to this sequence
  absl::Time before;                                  // and those of days that ended before
  absl::Time articles_before = absl::InfinitePast();  // articles that are older (retention.h)
};

// Reads events that a damaged shard has lost and prepares their documents on a thread of its own, some ahead of the
// writer that takes them. For the writer's thread.
class Restorer {
 public:
  // `lost` are sequences of events, ascending. `archive` must outlive it.
  Restorer(const ArchiveView& archive, std::vector<int64_t> lost, const Forgotten& forgotten);
  ~Restorer();
  Restorer(const Restorer&) = delete;
  Restorer& operator=(const Restorer&) = delete;

  // The next one that is ready, or nothing at once. Errors of the archive. An event that is damaged in the archive too
  // is logged and left out.
  absl::StatusOr<std::optional<PreparedEvent>> Next();

  // Whether all were handed out.
  bool done() const { return feed_ == nullptr || feed_->caught_up(); }

  // Events that wait to be handed out.
  int64_t left() const;

  // The newest deletion that was left out because it is forgotten; 0: none was.
  int64_t forgotten_through() const { return forgotten_through_; }

 private:
  absl::StatusOr<std::vector<IndexEvent>> Read(int64_t after, const EventLimits& limits);
  bool IsForgottenDeletion(const IndexEvent& event) const;

  const ArchiveView& archive_;
  const std::vector<int64_t> lost_;
  const Forgotten forgotten_;
  int64_t reached_ = 0;
  std::atomic<int64_t> forgotten_through_{0};
  std::atomic<bool> stopping_{false};
  std::unique_ptr<EventFeed> feed_;  // none when nothing is lost
};

}  // namespace broadsheet::ingest
