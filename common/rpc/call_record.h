#pragma once

#include <grpcpp/server_context.h>

#include <chrono>
#include <string>

#include "absl/status/status.h"
#include "common/rpc/metrics.h"

namespace broadsheet {

// One call, unary or stream, from its arrival to its end: counted while it runs, then measured and logged in one line
// (method, code, reason, duration, peer, request id; never request or response text). A call that ends well and soon is
// worth a line at debug only: a line a call costs a service that answers thousands a second some per cent. The request
// id is the caller's x-request-id, or one made here.
class CallRecord {
 public:
  CallRecord(MethodMetrics& method, const grpc::CallbackServerContext& context);

  // Exactly once, from any thread. Does not touch the context, which may be gone by then.
  void End(const absl::Status& status);

 private:
  MethodMetrics& method_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::string peer_;
  std::string request_id_;
};

}  // namespace broadsheet
