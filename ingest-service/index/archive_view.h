#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "ingest/index/index_event.h"

namespace broadsheet::ingest {

// What the repair of an index asks of the archive (repair_plan.h). Events are named by their sequences. Called on the
// thread that writes the index and on that which prepares its events, perhaps at once. Empty functions: there is no
// archive, and nothing can be repaired.
struct ArchiveView {
  // Sequences after `after`, up to `through`, of events that stand (each the newest of its article), ascending; at most
  // `limit`, which is at least one.
  std::function<absl::StatusOr<std::vector<int64_t>>(int64_t after, int64_t through, size_t limit)> standing;

  // The newest event, up to `through`, of the article that an event is of. 0 when there is no such event.
  std::function<absl::StatusOr<int64_t>(int64_t sequence, int64_t through)> newest_of_same;

  // An event.
  std::function<absl::StatusOr<IndexEvent>(int64_t sequence)> read;

  // What happened to the article of an event last before it; nothing when it is the first.
  std::function<absl::StatusOr<std::optional<IndexEvent>>(int64_t sequence)> before;

  explicit operator bool() const { return standing != nullptr; }
};

}  // namespace broadsheet::ingest
