#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
class Registry;
}  // namespace prometheus

namespace broadsheet {

// The counters of one method of one service. Thread-safe; lives as long as its Metrics.
class MethodMetrics {
 public:
  void CallStarted();
  void CallEnded(absl::StatusCode code, absl::Duration duration);

  const std::string& service() const { return service_; }
  const std::string& method() const { return method_; }

 private:
  friend class Metrics;
  MethodMetrics(std::string service, std::string method) : service_(std::move(service)), method_(std::move(method)) {}

  std::string service_;
  std::string method_;
  std::array<prometheus::Counter*, 17> handled_{};  // by absl::StatusCode
  prometheus::Histogram* seconds_ = nullptr;
  prometheus::Gauge* in_flight_ = nullptr;
};

// All metrics of a process, named as go-grpc-prometheus names them, so that existing dashboards fit:
// grpc_server_handled_total{grpc_service,grpc_method,grpc_code}, grpc_server_handling_seconds and
// grpc_server_in_flight, plus what the services register. Thread-safe.
class Metrics {
 public:
  using Labels = std::map<std::string, std::string>;

  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // The counters of a method, made at the first call. `service` is its full name, "broadsheet.v1.IngestService".
  MethodMetrics& Method(std::string_view service, std::string_view method);

  // A value that `read` returns whenever the metrics are asked for. `read` must be thread-safe and cheap, and is called
  // until RemoveCallbacks. Several calls with one name and other labels make one family; its first help text holds.
  void AddGauge(std::string_view name, std::string_view help, std::function<double()> read, const Labels& labels = {});

  // The same for a value that only grows; its name ends in "_total".
  void AddCounter(std::string_view name, std::string_view help, std::function<double()> read,
                  const Labels& labels = {});

  // Forgets every gauge and counter read by callback: call it before what they read goes away.
  void RemoveCallbacks();

  // Everything in the Prometheus text format.
  std::string Text() const;

 private:
  class Callbacks;
  std::unique_ptr<prometheus::Registry> registry_;
  std::unique_ptr<Callbacks> callbacks_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::unique_ptr<MethodMetrics>> methods_;  // guarded by mutex_
};

}  // namespace broadsheet
