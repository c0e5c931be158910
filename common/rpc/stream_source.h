#pragma once

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/base/call_context.h"

namespace broadsheet {

// How a stream goes on after a turn.
struct StreamState {
  std::optional<absl::Status> end;               // it ends so, once the turn's messages are sent
  absl::Time wait_until = absl::InfinitePast();  // else the next turn comes not before that time, unless it is woken
};

template <typename Response>
struct StreamStep {
  std::vector<Response> messages;  // to send, in order
  StreamState state;
};

// What makes the messages of one stream, a bounded number in each turn. Used by one thread at a time.
template <typename Response>
class StreamSource {
 public:
  virtual ~StreamSource() = default;

  // The next turn, which must be short; it comes when all messages of the one before are written.
  virtual StreamStep<Response> Next(const CallContext& context) = 0;
};

}  // namespace broadsheet
