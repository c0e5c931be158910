#include "ingest/rpc/visible_wait.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"

namespace broadsheet::ingest {
namespace {

constexpr absl::Duration kWayBack = absl::Milliseconds(100);

}  // namespace

absl::Time VisibleDeadline(absl::Time deadline) {
  return std::min(absl::Now() + kMaxVisibleWait, deadline - kWayBack);
}

void MarkVisibility(v1::IngestResult& result, int64_t visible_sequence) {
  if (result.sequence() == 0) return;
  if (result.sequence() <= visible_sequence) {
    result.set_acknowledged(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    return;
  }
  result.set_acknowledged(v1::ACKNOWLEDGE_LEVEL_DURABLE);
  result.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(kVisibleRetryDelay));
}

void AwaitVisible(Indexer& indexer, int64_t sequence, absl::Time deadline, std::function<void(int64_t visible)> done) {
  const int64_t visible = indexer.visible_sequence();
  if (sequence <= visible) return done(visible);
  indexer.CallWhenVisible(sequence, VisibleDeadline(deadline),
                          [&indexer, done = std::move(done)](bool) { done(indexer.visible_sequence()); });
}

}  // namespace broadsheet::ingest
