#pragma once

#include <grpcpp/server.h>
#include <grpcpp/support/server_callback.h>

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/reflection.h"

namespace broadsheet {

struct ServerOptions {
  std::string listen = "127.0.0.1:0";       // "host:port" (port 0: a free one), or "unix:/path"
  bool reflection = true;                   // lets grpcurl list and describe the services
  int max_receive_bytes = 4 * 1024 * 1024;  // of one request message; larger ones are RESOURCE_EXHAUSTED
  int max_streams = 100;                    // calls at once on one connection; clients queue the others themselves
};

// A service and the full name it is known under to health checks, for example "broadsheet.v1.SearchService".
struct NamedService {
  std::string name;
  grpc::Service* service;
};

// A gRPC server with health, reflection and an orderly end. Compressed requests are refused, since 1.51 measures their
// size only after inflating them. Every service is NOT_SERVING until told otherwise; the whole server (the empty name)
// is SERVING when all of them are. Thread-safe.
class Server {
 public:
  // Listens at once. FAILED_PRECONDITION, naming the address, when it cannot. The services must outlive the server.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                                       std::vector<NamedService> services);

  // Shuts down at once if that was not done.
  ~Server();

  // Where it listens, with the port taken: "127.0.0.1:40123".
  const std::string& address() const { return address_; }
  int port() const { return port_; }

  // Health of one service, or of all. Without effect once the server stops.
  void SetServing(std::string_view service, bool serving);
  void SetServing(bool serving);

  // First step of the end: every service is NOT_SERVING for good, so that balancers turn away. Calls are still taken.
  void StopServing();

  // Second step: takes no new calls, waits for running ones, cancels those that still run after `limit` and waits until
  // they have noticed. Returns when no call is left.
  void Shutdown(absl::Duration limit);

 private:
  Server() = default;
  void PublishLocked();

  std::unique_ptr<Reflection> reflection_;  // null: switched off
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
  int port_ = 0;
  std::mutex mutex_;
  std::map<std::string, bool, std::less<>> serving_;  // guarded by mutex_
  bool stopping_ = false;                             // likewise
};

}  // namespace broadsheet
