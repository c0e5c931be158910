#include "common/rpc/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "absl/synchronization/notification.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "support/temp_directory.h"
#include "unit/common/rpc/probe_service.h"

namespace broadsheet {
namespace {

using grpc::health::v1::HealthCheckResponse;
using testing::HasSubstr;

HealthCheckResponse::ServingStatus Health(const ProbeServer& server, const std::string& service) {
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(service);
  HealthCheckResponse response;
  const auto status = MakeHealthClient(server.channel)->Check(&context, request, &response);
  return status.ok() ? response.status() : HealthCheckResponse::SERVICE_UNKNOWN;
}

TEST(Server, IsNotServingUntilTold) {
  ProbeService service(1, 1);
  ProbeServer server(service);
  EXPECT_EQ(Health(server, kProbeServiceName), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(Health(server, ""), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(Health(server, "nobody"), HealthCheckResponse::SERVICE_UNKNOWN);

  server.server->SetServing(true);
  EXPECT_EQ(Health(server, kProbeServiceName), HealthCheckResponse::SERVING);
  EXPECT_EQ(Health(server, ""), HealthCheckResponse::SERVING);

  server.server->SetServing(kProbeServiceName, false);
  EXPECT_EQ(Health(server, kProbeServiceName), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(Health(server, ""), HealthCheckResponse::NOT_SERVING);
}

TEST(Server, StaysNotServingOnceItStops) {
  ProbeService service(1, 1);
  ProbeServer server(service);
  server.server->SetServing(true);
  server.server->StopServing();
  server.server->SetServing(true);
  EXPECT_EQ(Health(server, kProbeServiceName), HealthCheckResponse::NOT_SERVING);
  EXPECT_EQ(Health(server, ""), HealthCheckResponse::NOT_SERVING);
  EXPECT_TRUE(server.GetStatus().ok());  // calls are still taken
}

TEST(Server, RefusesAPortThatIsTaken) {
  ProbeService service(1, 1), other(1, 1);
  ProbeServer server(service);
  ServerOptions options;
  options.listen = server.server->address();
  const auto second = Server::Start(options, {{kProbeServiceName, &other}});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(options.listen));
}

TEST(Server, RefusesASocketFileThatIsServedAndTakesOverAnAbandonedOne) {
  support::TempDirectory directory;
  ServerOptions options;
  options.listen = "unix:" + (directory.path() / "probe.sock").string();
  ProbeService service(1, 1), other(1, 1);
  {
    ProbeServer server(service, options);
    EXPECT_TRUE(server.GetStatus().ok());
    EXPECT_EQ(Server::Start(options, {{kProbeServiceName, &other}}).status().code(),
              absl::StatusCode::kFailedPrecondition);
    EXPECT_TRUE(server.GetStatus().ok());
  }
  ProbeServer again(other, options);
  EXPECT_TRUE(again.GetStatus().ok());
}

TEST(Server, LetsARunningCallFinishWhenItStops) {
  ProbeService service(1, 1);
  absl::Notification started, release;
  service.on_status = [&](const CallContext&) {
    started.Notify();
    release.WaitForNotification();
    return v1::GetIngestStatusResponse();
  };
  ProbeServer server(service);
  auto call = std::async(std::launch::async, [&] { return server.GetStatus(); });
  started.WaitForNotification();
  auto stopped = std::async(std::launch::async, [&] { server.server->Shutdown(absl::Seconds(60)); });
  while (server.GetStatus(std::chrono::milliseconds(20)).error_code() != grpc::StatusCode::UNAVAILABLE)
    continue;
  release.Notify();
  EXPECT_TRUE(call.get().ok());
  stopped.get();
}

TEST(Server, CancelsCallsThatOutlastTheLimitOfTheShutdown) {
  ProbeService service(1, 1);
  absl::Notification started;
  service.on_status = [&](const CallContext& call) -> absl::StatusOr<v1::GetIngestStatusResponse> {
    started.Notify();
    while (!call.cancelled())
      std::this_thread::yield();
    return ExpiredStatus(call);
  };
  ProbeServer server(service);
  auto call = std::async(std::launch::async, [&] { return server.GetStatus(); });
  started.WaitForNotification();
  server.server->Shutdown(absl::Milliseconds(10));
  EXPECT_FALSE(call.get().ok());
}

TEST(Server, RefusesMessagesAboveItsLimitAndCompressedOnes) {
  ProbeService service(1, 1);
  service.on_delete = [](std::shared_ptr<Call> call) { call->Finish(absl::OkStatus()); };
  ServerOptions options;
  options.max_receive_bytes = 1000;
  ProbeServer server(service, options);
  v1::DeleteArticleRequest request;
  v1::DeleteArticleResponse response;
  request.mutable_deletion()->set_id(std::string(900, 'a'));
  {
    grpc::ClientContext context;
    EXPECT_TRUE(server.client->DeleteArticle(&context, request, &response).ok());
  }
  {
    grpc::ClientContext context;
    context.set_compression_algorithm(GRPC_COMPRESS_GZIP);
    EXPECT_EQ(server.client->DeleteArticle(&context, request, &response).error_code(), grpc::StatusCode::UNIMPLEMENTED);
  }
  request.mutable_deletion()->set_id(std::string(1100, 'a'));
  grpc::ClientContext context;
  EXPECT_EQ(server.client->DeleteArticle(&context, request, &response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

}  // namespace
}  // namespace broadsheet
