#include "common/rpc/call_record.h"

#include <atomic>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "common/base/logging.h"

namespace broadsheet {
namespace {

constexpr size_t kMaxRequestIdBytes = 128;
constexpr absl::Duration kSlowCall = absl::Seconds(1);

std::string NextRequestId() {
  static const std::string process = NewUuid().substr(0, 8);
  static std::atomic<uint64_t> next{1};
  return absl::StrCat(process, "-", next.fetch_add(1, std::memory_order_relaxed));
}

std::string RequestId(const grpc::CallbackServerContext& context) {
  auto found = context.client_metadata().find("x-request-id");
  if (found == context.client_metadata().end()) return NextRequestId();
  return std::string(found->second.data(), std::min(found->second.size(), kMaxRequestIdBytes));
}

// Codes that a caller cannot bring about: somebody should look.
bool NeedsAHuman(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kDataLoss ||
         code == absl::StatusCode::kUnknown;
}

}  // namespace

CallRecord::CallRecord(MethodMetrics& method, const grpc::CallbackServerContext& context) : method_(method) {
  method_.CallStarted();
  if (!LogsInfo()) return;
  peer_ = context.peer();
  request_id_ = RequestId(context);
}

void CallRecord::End(const absl::Status& status) {
  const absl::Duration duration = absl::FromChrono(std::chrono::steady_clock::now() - begin_);
  method_.CallEnded(status.code(), duration);
  const bool expected = status.ok() && duration < kSlowCall;
  const bool failed = NeedsAHuman(status.code());
  if (!failed && !(expected ? LogsDebug() : LogsInfo())) return;
  const auto log = failed ? LogError : expected ? LogDebug : LogInfo;
  log("call", {{"method", method_.method()},
               {"code", absl::StatusCodeToString(status.code())},
               {"duration_ms", absl::StrFormat("%.3f", absl::ToDoubleMilliseconds(duration))},
               {"peer", peer_},
               {"request_id", request_id_},
               {"reason", ReasonOf(status)},
               // What is wrong with a request may quote it.
               {"error", failed ? std::string(status.message()) : ""}});
}

}  // namespace broadsheet
