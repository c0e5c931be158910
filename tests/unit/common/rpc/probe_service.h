#pragma once

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "broadsheet/v1/ingest.grpc.pb.h"
#include "common/rpc/clients.h"
#include "common/rpc/server.h"
#include "common/rpc/unary_call.h"

namespace broadsheet {

inline constexpr char kProbeServiceName[] = "broadsheet.v1.IngestService";

// A service whose two methods do what a test says: GetIngestStatus through RunUnary, DeleteArticle through StartCall.
class ProbeService : public v1::IngestService::CallbackService {
 public:
  ProbeService(int threads, size_t queue, ServiceCalls::Limits limits = {})
      : executor(threads, queue), calls(kProbeServiceName, executor, metrics, limits) {}

  grpc::ServerUnaryReactor* GetIngestStatus(grpc::CallbackServerContext* context, const v1::GetIngestStatusRequest*,
                                            v1::GetIngestStatusResponse* response) override {
    return RunUnary(calls, "GetIngestStatus", context, response, on_status);
  }

  grpc::ServerUnaryReactor* DeleteArticle(grpc::CallbackServerContext* context, const v1::DeleteArticleRequest*,
                                          v1::DeleteArticleResponse*) override {
    return StartCall(calls, "DeleteArticle", context, on_delete);
  }

  std::function<absl::StatusOr<v1::GetIngestStatusResponse>(const CallContext&)> on_status = [](const CallContext&) {
    return v1::GetIngestStatusResponse();
  };
  std::function<void(std::shared_ptr<Call>)> on_delete;

  Metrics metrics;
  Executor executor;
  ServiceCalls calls;
};

// A probe behind a real server on a free port of the loopback interface.
struct ProbeServer {
  explicit ProbeServer(ProbeService& service, ServerOptions options = {})
      : server(*Server::Start(options, {{kProbeServiceName, &service}})),
        channel(grpc::CreateChannel(server->address(), grpc::InsecureChannelCredentials())),
        client(MakeIngestClient(channel)) {}

  grpc::Status GetStatus(std::chrono::milliseconds deadline = std::chrono::seconds(30),
                         const std::string& request_id = "") {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    if (!request_id.empty()) context.AddMetadata("x-request-id", request_id);
    v1::GetIngestStatusResponse response;
    return client->GetIngestStatus(&context, {}, &response);
  }

  std::unique_ptr<Server> server;
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<IngestClient> client;
};

}  // namespace broadsheet
