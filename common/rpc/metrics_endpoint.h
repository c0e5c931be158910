#pragma once

#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/rpc/metrics.h"

namespace broadsheet {

// Serves GET /metrics over HTTP, without authentication: bind it to loopback or to a private network.
class MetricsEndpoint {
 public:
  // `address` is "host:port"; port 0 takes a free one. FAILED_PRECONDITION when it cannot listen there. `metrics` must
  // outlive the endpoint.
  static absl::StatusOr<std::unique_ptr<MetricsEndpoint>> Start(const Metrics& metrics, std::string_view address);

  // Stops; waits for a request that is being answered.
  ~MetricsEndpoint();

  int port() const;

 private:
  struct Listener;
  explicit MetricsEndpoint(std::unique_ptr<Listener> listener);
  std::unique_ptr<Listener> listener_;
};

}  // namespace broadsheet
