#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/rpc/stream_turns.h"

namespace broadsheet {

class StreamCall;

// The open streams of one method: counted, capped, woken together and ended together. Thread-safe; must outlive its
// streams.
class StreamGroup {
 public:
  // `name` is what the error calls them: "exports". `turns` must outlive the group.
  StreamGroup(StreamTurns& turns, std::string name, size_t capacity);

  // Takes a stream in. RESOURCE_EXHAUSTED (TOO_MANY_STREAMS) with RetryInfo beyond the capacity; what End() was given
  // after it.
  absl::Status Enter(const std::shared_ptr<StreamCall>& stream);

  // The stream is done.
  void Leave();

  // Something happened that they may wait for.
  void WakeAll();

  // Ends all of them, and refuses new ones, with `status`.
  void End(const absl::Status& status);

  size_t open() const;
  StreamTurns& turns() const { return turns_; }

 private:
  std::vector<std::shared_ptr<StreamCall>> Living();

  StreamTurns& turns_;
  const std::string name_;
  const size_t capacity_;
  mutable std::mutex mutex_;
  std::vector<std::weak_ptr<StreamCall>> streams_;  // guarded by mutex_, as what follows; at most twice the open ones
  size_t open_ = 0;
  absl::Status ended_;
};

}  // namespace broadsheet
