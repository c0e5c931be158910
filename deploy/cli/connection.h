#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/rpc/clients.h"

namespace broadsheet::cli {

// Where a service is.
struct Endpoint {
  std::string service;  // as people call it: "ingest-service"
  std::string address;  // "host:port" or "unix:/path"
  std::string flag;     // what names another one: "--ingest or BROADSHEET_INGEST"
};

// A channel that connects when it is used, and again within seconds when it was lost.
std::shared_ptr<grpc::Channel> Connect(const Endpoint& endpoint);

// Clients over such a channel.
std::unique_ptr<IngestClient> ConnectToIngest(const Endpoint& endpoint);
std::unique_ptr<SearchClient> ConnectToSearch(const Endpoint& endpoint);
std::unique_ptr<HealthClient> ConnectToHealth(const Endpoint& endpoint);

// Sets the deadline of a call.
void SetDeadline(grpc::ClientContext& context, absl::Duration timeout);

// An error for people: what failed, each field at fault, when to come back, and for a service that was not reached
// where it was looked for. Lines end with '\n'.
std::string Describe(const absl::Status& status, const Endpoint& endpoint);

}  // namespace broadsheet::cli
