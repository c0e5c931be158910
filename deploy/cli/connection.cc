#include "cli/connection.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"

namespace broadsheet::cli {
namespace {

constexpr int kFirstBackoffMs = 100;
constexpr int kMaxBackoffMs = 2000;
constexpr int kConnectMs = 10'000;        // until the other side has said that it speaks HTTP/2
constexpr int kMaxReplyBytes = 16 << 20;  // GetArticle may return an article of the largest size that was configured

}  // namespace

std::shared_ptr<grpc::Channel> Connect(const Endpoint& endpoint) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kFirstBackoffMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectMs);  // is the time for an attempt, whatever its name
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaxBackoffMs);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetMaxReceiveMessageSize(kMaxReplyBytes);
  return grpc::CreateCustomChannel(endpoint.address, grpc::InsecureChannelCredentials(), arguments);
}

std::unique_ptr<IngestClient> ConnectToIngest(const Endpoint& endpoint) {
  return MakeIngestClient(Connect(endpoint));
}

std::unique_ptr<SearchClient> ConnectToSearch(const Endpoint& endpoint) {
  return MakeSearchClient(Connect(endpoint));
}

std::unique_ptr<HealthClient> ConnectToHealth(const Endpoint& endpoint) {
  return MakeHealthClient(Connect(endpoint));
}

void SetDeadline(grpc::ClientContext& context, absl::Duration timeout) {
  context.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
}

std::string Describe(const absl::Status& status, const Endpoint& endpoint) {
  std::string text = absl::StrCat(endpoint.service, ": ", std::string(status.message()), "\n");
  for (const FieldViolation& violation : FieldViolationsOf(status)) {
    absl::StrAppend(&text, "  ", violation.field, ": ", violation.description, "\n");
  }
  if (const absl::Duration delay = RetryDelayOf(status); delay > absl::ZeroDuration()) {
    absl::StrAppend(&text, "  it asks to be tried again in ", absl::FormatDuration(delay), "\n");
  }
  if (absl::IsUnavailable(status)) {
    absl::StrAppend(&text, "  looked for at ", endpoint.address, "; ", endpoint.flag, " names another place\n");
  }
  return text;
}

}  // namespace broadsheet::cli
