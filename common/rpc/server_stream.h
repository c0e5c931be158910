#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/call_context.h"
#include "common/rpc/call_record.h"
#include "common/rpc/stream_group.h"
#include "common/rpc/stream_source.h"
#include "common/rpc/stream_turns.h"
#include "common/rpc/unary_call.h"

namespace broadsheet {

// One server stream, whatever its messages are. Its source works in turns on the executor; what a turn made is written
// one message at a time, the next when the one before was taken, so that a caller who does not read costs no work and
// no more memory than one turn's messages. No thread waits for it. Cancellation and deadline end it soon; it is
// finished only when no turn runs any more, so what its source uses may go once the server has shut down.
class StreamCall : public TurnTaker, public std::enable_shared_from_this<StreamCall> {
 public:
  // Something happened that its source may wait for. Thread-safe.
  void Wake();

  // Ends it with `status` after the messages that are made already. Thread-safe.
  void End(const absl::Status& status);

  void TakeTurn() override;
  void OnTimer() override;

 protected:
  StreamCall(StreamGroup& group, MethodMetrics& method, const grpc::CallbackServerContext& grpc_context);
  ~StreamCall() override = default;

  // Enters the group and asks for the first turn; `refused`, or what the group says, ends it instead.
  void Begin(const absl::Status& refused);

  // What the reactor reports.
  void Written(bool ok);
  void Cancelled();
  void Done();

 private:
  // Of the messages: the derived class knows their type. All that touches those that wait is called under the lock.
  virtual StreamState MakeMore(const CallContext& context) = 0;  // keeps what it made aside
  virtual void TakeMade() = 0;                                   // to those that wait to be written
  virtual bool HasMessage() const = 0;
  virtual void DropMessages() = 0;
  virtual void TakeFirst() = 0;  // of those that wait: it is the one to write
  virtual void WriteTaken() = 0;
  virtual void DropSource() = 0;  // no turn comes any more
  virtual void FinishWith(const grpc::Status& status) = 0;

  void Advance();
  void Settle(StreamState state);

  StreamGroup& group_;
  CallRecord record_;
  const CallContext context_;
  std::shared_ptr<StreamCall> self_;  // until Done
  bool entered_ = false;

  std::mutex mutex_;  // guards what follows, and the messages
  std::optional<absl::Status> ending_;
  absl::Time wait_until_ = absl::InfinitePast();
  absl::Time timer_ = absl::InfiniteFuture();  // the earliest one that is set
  bool turn_ = false;                          // asked for or running
  bool woken_ = false;
  bool writing_ = false;
  bool finished_ = false;
};

// The same with messages of one type.
template <typename Response>
class ServerStream final : public StreamCall, public grpc::ServerWriteReactor<Response> {
 public:
  // Begins a stream on gRPC's own thread. A `source` that is an error ends it with that.
  static grpc::ServerWriteReactor<Response>* Start(StreamGroup& group, const ServiceCalls& calls,
                                                   std::string_view method, grpc::CallbackServerContext* context,
                                                   absl::StatusOr<std::unique_ptr<StreamSource<Response>>> source) {
    std::shared_ptr<ServerStream> stream(new ServerStream(group, calls.Method(method), *context));
    if (source.ok()) stream->source_ = *std::move(source);
    stream->Begin(source.status());
    return stream.get();
  }

  void OnWriteDone(bool ok) override { Written(ok); }
  void OnCancel() override { Cancelled(); }
  void OnDone() override { Done(); }

 private:
  ServerStream(StreamGroup& group, MethodMetrics& method, const grpc::CallbackServerContext& context)
      : StreamCall(group, method, context) {}

  StreamState MakeMore(const CallContext& context) override {
    StreamStep<Response> step = source_->Next(context);
    made_ = std::move(step.messages);
    return std::move(step.state);
  }
  void TakeMade() override {
    for (Response& message : made_)
      messages_.push_back(std::move(message));
    made_.clear();
  }
  bool HasMessage() const override { return !messages_.empty(); }
  void DropMessages() override { messages_.clear(); }
  void TakeFirst() override {
    writing_message_ = std::move(messages_.front());
    messages_.pop_front();
  }
  void WriteTaken() override { this->StartWrite(&writing_message_); }
  void DropSource() override { source_.reset(); }
  void FinishWith(const grpc::Status& status) override { this->Finish(status); }

  std::unique_ptr<StreamSource<Response>> source_;
  std::vector<Response> made_;     // by the turn that runs
  std::deque<Response> messages_;  // to be written; guarded by the lock
  Response writing_message_;       // of the write under way
};

}  // namespace broadsheet
