#include "common/rpc/metrics_endpoint.h"

#include <httplib.h>

#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/logging.h"
#include "common/rpc/listen_address.h"

namespace broadsheet {

struct MetricsEndpoint::Listener {
  httplib::Server http;
  int port = 0;
  std::thread thread;
};

absl::StatusOr<std::unique_ptr<MetricsEndpoint>> MetricsEndpoint::Start(const Metrics& metrics,
                                                                        std::string_view address) {
  auto parsed = ParseHostPort(address);
  if (!parsed.ok()) return parsed.status();
  auto listener = std::make_unique<Listener>();
  listener->http.new_task_queue = [] { return new httplib::ThreadPool(1); };
  // Its default is SO_REUSEPORT, with which a second process would silently share the port.
  listener->http.set_socket_options([](socket_t fd) {
    const int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
  listener->http.set_keep_alive_max_count(1);  // an idle connection would hold the only thread
  listener->http.set_read_timeout(5);
  listener->http.Get("/metrics", [&metrics](const httplib::Request&, httplib::Response& response) {
    response.set_content(metrics.Text(), "text/plain; version=0.0.4; charset=utf-8");
  });
  if (parsed->port == 0) {
    listener->port = listener->http.bind_to_any_port(parsed->host);
  } else if (listener->http.bind_to_port(parsed->host, parsed->port)) {
    listener->port = parsed->port;
  }
  if (listener->port <= 0) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "METRICS_LISTEN",
                           absl::StrCat("cannot serve metrics on ", std::string(address),
                                        ": is another process listening there, and is it an address of this machine?"));
  }
  LogInfo("serving metrics", {{"address", absl::StrCat(parsed->host, ":", listener->port)}});
  return std::unique_ptr<MetricsEndpoint>(new MetricsEndpoint(std::move(listener)));
}

MetricsEndpoint::MetricsEndpoint(std::unique_ptr<Listener> listener) : listener_(std::move(listener)) {
  listener_->thread = std::thread([this] { listener_->http.listen_after_bind(); });
  while (!listener_->http.is_running())
    std::this_thread::yield();  // stop() has no effect before
}

MetricsEndpoint::~MetricsEndpoint() {
  listener_->http.stop();
  listener_->thread.join();
}

int MetricsEndpoint::port() const {
  return listener_->port;
}

}  // namespace broadsheet
