#include "common/rpc/server_stream.h"

#include "common/base/error.h"
#include "common/rpc/grpc_status.h"

namespace broadsheet {

StreamCall::StreamCall(StreamGroup& group, MethodMetrics& method, const grpc::CallbackServerContext& grpc_context)
    : group_(group), record_(method, grpc_context), context_(absl::FromChrono(grpc_context.deadline())) {}

void StreamCall::Begin(const absl::Status& refused) {
  self_ = shared_from_this();
  absl::Status status = refused;
  if (status.ok()) status = group_.Enter(self_);
  entered_ = status.ok();
  if (!status.ok()) {
    std::lock_guard lock(mutex_);
    ending_ = status;
  }
  Advance();
}

// The next thing that is due, if any. Whatever happens to a stream ends here.
void StreamCall::Advance() {
  const auto alive = shared_from_this();
  std::unique_lock lock(mutex_);
  if (finished_ || writing_) return;
  if (HasMessage()) {
    writing_ = true;
    TakeFirst();
    lock.unlock();
    return WriteTaken();
  }
  if (turn_) return;
  if (ending_.has_value()) {
    finished_ = true;
    lock.unlock();
    DropSource();  // whoever still holds the stream may outlive what its source uses
    record_.End(*ending_);
    return FinishWith(ToGrpcStatus(*ending_));
  }
  if (!woken_ && absl::Now() < wait_until_) {
    if (wait_until_ >= timer_) return;
    timer_ = wait_until_;
    lock.unlock();
    return group_.turns().AskAt(wait_until_, weak_from_this());
  }
  woken_ = false;
  turn_ = true;
  lock.unlock();
  group_.turns().Ask(alive);
}

void StreamCall::TakeTurn() {
  bool ending = false;
  {
    std::lock_guard lock(mutex_);
    ending = ending_.has_value();
  }
  StreamState state;
  if (context_.Expired()) {
    state.end = ExpiredStatus(context_);
  } else if (!ending) {
    state = MakeMore(context_);
  }
  Settle(std::move(state));
}

void StreamCall::Settle(StreamState state) {
  {
    std::lock_guard lock(mutex_);
    turn_ = false;
    TakeMade();
    if (context_.Expired()) DropMessages();
    if (!ending_.has_value()) ending_ = std::move(state.end);
    wait_until_ = state.wait_until;
  }
  Advance();
}

void StreamCall::OnTimer() {
  {
    std::lock_guard lock(mutex_);
    timer_ = absl::InfiniteFuture();
  }
  Advance();
}

void StreamCall::Wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  Advance();
}

void StreamCall::End(const absl::Status& status) {
  {
    std::lock_guard lock(mutex_);
    if (!ending_.has_value()) ending_ = status;
  }
  Advance();
}

void StreamCall::Written(bool ok) {
  {
    std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) {
      DropMessages();
      if (!ending_.has_value()) {
        ending_ = ErrorWithReason(absl::StatusCode::kCancelled, "CANCELLED", "the caller went away");
      }
    }
  }
  Advance();
}

void StreamCall::Cancelled() {
  context_.Cancel();
  {
    std::lock_guard lock(mutex_);
    DropMessages();
    if (!ending_.has_value()) ending_ = ExpiredStatus(context_);
  }
  Advance();
}

void StreamCall::Done() {
  if (entered_) group_.Leave();
  const auto last = std::move(self_);
}

}  // namespace broadsheet
