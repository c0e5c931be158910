#include "common/rpc/server.h"

#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/base/logging.h"

namespace broadsheet {
namespace {

constexpr std::string_view kUnixPrefix = "unix:";

bool IsUnix(std::string_view listen) {
  return listen.substr(0, kUnixPrefix.size()) == kUnixPrefix;
}

// gRPC removes a socket file that it finds, so a second server would silently take over the first one's clients.
bool SomebodyListens(std::string_view path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return false;
  std::memcpy(address.sun_path, path.data(), path.size());
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  const bool connected = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  close(fd);
  return connected;
}

absl::Status CannotListen(std::string_view listen) {
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "LISTEN",
                         absl::StrCat("cannot listen on ", std::string(listen),
                                      ": is another process listening there, is it an address of this machine, and may "
                                      "this user bind it?"));
}

// Times in milliseconds. No grace for the age: a stream may outlive its connection's age, new calls go elsewhere.
void SetConnectionArguments(grpc::ServerBuilder& builder, const ServerOptions& options) {
  builder.SetMaxReceiveMessageSize(options.max_receive_bytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.max_streams);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 10'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 120'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 30'000);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 300'000);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, 3'600'000);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
}

std::unique_ptr<Reflection> MakeReflection(const std::vector<NamedService>& services) {
  std::vector<std::string> names = {"grpc.health.v1.Health"};
  for (const auto& service : services)
    names.push_back(service.name);
  return std::make_unique<Reflection>(std::move(names));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const ServerOptions& options,
                                                      std::vector<NamedService> services) {
  if (IsUnix(options.listen) && SomebodyListens(std::string_view(options.listen).substr(kUnixPrefix.size()))) {
    return CannotListen(options.listen);
  }
  std::unique_ptr<Server> server(new Server);
  grpc::ServerBuilder builder;
  grpc::EnableDefaultHealthCheckService(true);
  SetConnectionArguments(builder, options);
  builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(), &server->port_);
  for (const auto& [name, service] : services) {
    builder.RegisterService(service);
    server->serving_[name] = false;
  }
  if (options.reflection) {
    server->reflection_ = MakeReflection(services);
    for (const auto& service : server->reflection_->services())
      builder.RegisterService(service.get());
  }
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || server->port_ == 0) return CannotListen(options.listen);
  server->SetServing(false);
  if (IsUnix(options.listen)) {
    server->address_ = options.listen;
  } else {
    server->address_ = absl::StrCat(options.listen.substr(0, options.listen.rfind(':')), ":", server->port_);
  }
  LogInfo("listening", {{"address", server->address_}});
  return server;
}

Server::~Server() {
  if (server_ != nullptr) Shutdown(absl::ZeroDuration());
}

void Server::SetServing(std::string_view service, bool serving) {
  std::lock_guard lock(mutex_);
  auto found = serving_.find(service);
  if (found == serving_.end() || stopping_) return;
  found->second = serving;
  PublishLocked();
}

void Server::SetServing(bool serving) {
  std::lock_guard lock(mutex_);
  if (stopping_) return;
  for (auto& entry : serving_)
    entry.second = serving;
  PublishLocked();
}

void Server::PublishLocked() {
  auto* health = server_->GetHealthCheckService();
  for (const auto& [name, serving] : serving_)
    health->SetServingStatus(name, serving);
  health->SetServingStatus("", std::all_of(serving_.begin(), serving_.end(), [](const auto& e) { return e.second; }));
}

void Server::StopServing() {
  std::lock_guard lock(mutex_);
  stopping_ = true;
  server_->GetHealthCheckService()->Shutdown();
}

void Server::Shutdown(absl::Duration limit) {
  StopServing();
  server_->Shutdown(absl::ToChronoTime(absl::Now() + limit));  // saturates, as std::chrono would not
  server_->Wait();
}

}  // namespace broadsheet
