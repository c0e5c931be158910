#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/call_context.h"
#include "common/base/executor.h"
#include "common/rpc/call_record.h"
#include "common/rpc/metrics.h"

namespace broadsheet {

// What a call will cost.
enum class Lane { kLight, kHeavy };

// What all calls of one service share. Thread-safe once made; must outlive the server, as executors and metrics must.
class ServiceCalls {
 public:
  // Where calls of each lane run. Light calls wait for no heavy one when heavy ones have threads, of lower priority,
  // of their own.
  struct Executors {
    Executor& light;
    Executor& heavy;
  };

  struct Limits {
    absl::Duration max_deadline = absl::Seconds(30);       // longer deadlines, and none, are taken as this
    absl::Duration retry_delay = absl::Milliseconds(250);  // RetryInfo of calls refused because the queue is full
  };

  // `service` is the full name of a service whose generated code is linked in; its methods are read from its
  // descriptor.
  ServiceCalls(std::string_view service, Executors executors, Metrics& metrics, Limits limits);
  ServiceCalls(std::string_view service, Executor& executor, Metrics& metrics, Limits limits)
      : ServiceCalls(service, Executors{executor, executor}, metrics, limits) {}

  Executor& executor(Lane lane) const { return lane == Lane::kHeavy ? executors_.heavy : executors_.light; }
  const Limits& limits() const { return limits_; }

  // `method` is one of the service's, for example "Search".
  MethodMetrics& Method(std::string_view method) const;

  // The caller's deadline, clamped.
  absl::Time Deadline(const grpc::CallbackServerContext& context) const;

 private:
  const Executors executors_;
  const Limits limits_;
  std::map<std::string, MethodMetrics*, std::less<>> methods_;
};

// One unary call in the hands of whoever will answer it. Request and response stay valid until Finish. A call that is
// dropped unanswered is answered INTERNAL, so that a server can always stop. Thread-safe.
class Call {
 public:
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  // Deadline (clamped) and cancellation (by the caller, its deadline, or a server that stops).
  const CallContext& context() const { return context_; }

  // Answers the call, once, from any thread; later calls do nothing. With OK the response is sent as it stands.
  void Finish(const absl::Status& status);

  // Runs `action` when the call is cancelled, at once if it is already; for calls that are parked. It runs on a thread
  // of gRPC and must not block; at most one can be set. Does not keep the call alive: capture a weak_ptr.
  void WhenCancelled(std::function<void()> action);

 private:
  class Reactor;
  struct Cancellation;
  friend grpc::ServerUnaryReactor* StartCall(const ServiceCalls& calls, std::string_view method,
                                             grpc::CallbackServerContext* context,
                                             const std::function<void(std::shared_ptr<Call>)>& begin);
  Call(MethodMetrics& method, const grpc::CallbackServerContext& grpc_context, CallContext context);

  CallContext context_;
  CallRecord record_;
  std::shared_ptr<Cancellation> cancellation_;
  Reactor* reactor_;  // lives until Finish
  std::atomic<bool> finished_{false};
};

// Begins a call on gRPC's own thread: `begin` must only look and hand over. For calls that wait without a thread.
grpc::ServerUnaryReactor* StartCall(const ServiceCalls& calls, std::string_view method,
                                    grpc::CallbackServerContext* context,
                                    const std::function<void(std::shared_ptr<Call>)>& begin);

// Runs `work` on the executor of its lane. Work whose caller is gone by then is dropped: CANCELLED or
// DEADLINE_EXCEEDED. When the queue is full, RESOURCE_EXHAUSTED with RetryInfo is the answer, at once, on the calling
// thread.
void RunOnExecutor(const ServiceCalls& calls, std::shared_ptr<Call> call,
                   std::function<void(const std::shared_ptr<Call>&)> work, Lane lane = Lane::kLight);

// CANCELLED or DEADLINE_EXCEEDED, for work that found its call expired.
absl::Status ExpiredStatus(const CallContext& context);

// A whole handler: runs `handler` (const CallContext& -> absl::StatusOr<Result>) on the executor and answers with
// `to_response(Result)`. What `handler` captures must live until the call is done: the service, the request.
template <typename Response, typename Handler, typename Convert>
grpc::ServerUnaryReactor* RunUnary(const ServiceCalls& calls, std::string_view method,
                                   grpc::CallbackServerContext* context, Response* response, Handler handler,
                                   Convert to_response) {
  return StartCall(calls, method, context, [&](std::shared_ptr<Call> call) {
    RunOnExecutor(calls, std::move(call),
                  [response, handler = std::move(handler),
                   to_response = std::move(to_response)](const std::shared_ptr<Call>& running) {
                    auto result = handler(running->context());
                    if (result.ok()) *response = to_response(*std::move(result));
                    running->Finish(result.status());
                  });
  });
}

// The same for a handler that returns absl::StatusOr<Response>.
template <typename Response, typename Handler>
grpc::ServerUnaryReactor* RunUnary(const ServiceCalls& calls, std::string_view method,
                                   grpc::CallbackServerContext* context, Response* response, Handler handler) {
  return RunUnary(calls, method, context, response, std::move(handler), [](Response made) { return made; });
}

}  // namespace broadsheet
