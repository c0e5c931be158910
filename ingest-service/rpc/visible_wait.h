#pragma once

#include <functional>

#include "absl/time/time.h"
#include "broadsheet/v1/ingest.pb.h"
#include "ingest/index/indexer.h"

// The acknowledge level VISIBLE, for calls and stream elements alike.
namespace broadsheet::ingest {

// Longest wait for VISIBLE.
inline constexpr absl::Duration kMaxVisibleWait = absl::Seconds(10);

// Said with a result that is only DURABLE: by then the index has very likely caught up.
inline constexpr absl::Duration kVisibleRetryDelay = absl::Seconds(1);

inline bool AsksVisible(v1::AcknowledgeLevel level) {
  return level == v1::ACKNOWLEDGE_LEVEL_VISIBLE;
}

// Until when to wait for a call that ends at `deadline`: early enough that its answer still arrives.
absl::Time VisibleDeadline(absl::Time deadline);

// Says in the result whether it is visible: VISIBLE, or DURABLE with a retry_delay. Nothing to say without a sequence.
void MarkVisibility(v1::IngestResult& result, int64_t visible_sequence);

// Calls `done` once with the visible sequence: on this thread when `sequence` is visible already, else on one of the
// indexer's as soon as it is, or at VisibleDeadline(deadline) without it. `done` must not block.
void AwaitVisible(Indexer& indexer, int64_t sequence, absl::Time deadline, std::function<void(int64_t visible)> done);

}  // namespace broadsheet::ingest
