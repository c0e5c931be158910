#include "common/rpc/unary_call.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/logging.h"
#include "common/rpc/grpc_status.h"

namespace broadsheet {

ServiceCalls::ServiceCalls(std::string_view service, Executors executors, Metrics& metrics, Limits limits)
    : executors_(executors), limits_(limits) {
  const auto* descriptor = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(std::string(service));
  for (int i = 0; descriptor != nullptr && i < descriptor->method_count(); ++i) {
    const std::string& method = descriptor->method(i)->name();
    methods_[method] = &metrics.Method(service, method);
  }
}

MethodMetrics& ServiceCalls::Method(std::string_view method) const {
  auto found = methods_.find(method);
  if (found == methods_.end()) {
    LogError("no such method", {{"method", std::string(method)}});
    std::abort();  // a slip of the pen in a handler, found by its first test
  }
  return *found->second;
}

absl::Time ServiceCalls::Deadline(const grpc::CallbackServerContext& context) const {
  return std::min(absl::FromChrono(context.deadline()), absl::Now() + limits_.max_deadline);
}

// Shared by the reactor, which hears of the cancellation, and the call, which may be gone by then.
struct Call::Cancellation {
  std::mutex mutex;
  bool happened = false;         // guarded by mutex
  std::function<void()> action;  // likewise
};

class Call::Reactor : public grpc::ServerUnaryReactor {
 public:
  Reactor(CallContext context, std::shared_ptr<Cancellation> cancellation)
      : context_(std::move(context)), cancellation_(std::move(cancellation)) {}

  void OnDone() override { delete this; }

  void OnCancel() override {
    context_.Cancel();
    std::function<void()> action;
    {
      std::lock_guard lock(cancellation_->mutex);
      cancellation_->happened = true;
      action.swap(cancellation_->action);
    }
    if (action) action();
  }

 private:
  const CallContext context_;
  const std::shared_ptr<Cancellation> cancellation_;
};

Call::Call(MethodMetrics& method, const grpc::CallbackServerContext& grpc_context, CallContext context)
    : context_(std::move(context)),
      record_(method, grpc_context),
      cancellation_(std::make_shared<Cancellation>()),
      reactor_(new Reactor(context_, cancellation_)) {}

Call::~Call() {
  Finish(ErrorWithReason(absl::StatusCode::kInternal, "UNANSWERED", "the call was left unanswered"));
}

void Call::Finish(const absl::Status& status) {
  if (finished_.exchange(true)) return;
  record_.End(status);
  reactor_->Finish(ToGrpcStatus(status));
}

void Call::WhenCancelled(std::function<void()> action) {
  {
    std::lock_guard lock(cancellation_->mutex);
    if (!cancellation_->happened) {
      cancellation_->action = std::move(action);
      return;
    }
  }
  action();
}

grpc::ServerUnaryReactor* StartCall(const ServiceCalls& calls, std::string_view method,
                                    grpc::CallbackServerContext* context,
                                    const std::function<void(std::shared_ptr<Call>)>& begin) {
  std::shared_ptr<Call> call(new Call(calls.Method(method), *context, CallContext(calls.Deadline(*context))));
  grpc::ServerUnaryReactor* reactor = call->reactor_;
  begin(std::move(call));
  return reactor;
}

absl::Status ExpiredStatus(const CallContext& context) {
  if (context.cancelled() && absl::Now() < context.deadline()) {
    return ErrorWithReason(absl::StatusCode::kCancelled, "CANCELLED", "the call was cancelled");
  }
  return ErrorWithReason(absl::StatusCode::kDeadlineExceeded, "DEADLINE",
                         "the deadline passed before the work was done");
}

void RunOnExecutor(const ServiceCalls& calls, std::shared_ptr<Call> call,
                   std::function<void(const std::shared_ptr<Call>&)> work, Lane lane) {
  auto task = [call, work = std::move(work)] {
    if (call->context().Expired()) {
      call->Finish(ExpiredStatus(call->context()));
    } else {
      work(call);
    }
  };
  const bool queued = calls.executor(lane).TrySubmit(std::move(task));
  if (queued) return;
  call->Finish(RetryableError(absl::StatusCode::kResourceExhausted, "QUEUE_FULL",
                              "the service is busy: its queue of calls is full; retry after the delay given",
                              calls.limits().retry_delay));
}

}  // namespace broadsheet
