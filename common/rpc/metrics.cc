#include "common/rpc/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <vector>

namespace broadsheet {
namespace {

// The spelling of go-grpc-prometheus, not the one of our logs.
constexpr std::array<const char*, 17> kCodeNames = {
    "OK",       "Canceled",       "Unknown",          "InvalidArgument",   "DeadlineExceeded",
    "NotFound", "AlreadyExists",  "PermissionDenied", "ResourceExhausted", "FailedPrecondition",
    "Aborted",  "OutOfRange",     "Unimplemented",    "Internal",          "Unavailable",
    "DataLoss", "Unauthenticated"};

const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const prometheus::Histogram::BucketBoundaries buckets = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                                  0.1,    0.25,  0.5,    1,     2.5,  10};
  return buckets;
}

}  // namespace

void MethodMetrics::CallStarted() {
  in_flight_->Increment();
}

void MethodMetrics::CallEnded(absl::StatusCode code, absl::Duration duration) {
  in_flight_->Decrement();
  handled_[static_cast<size_t>(code)]->Increment();
  seconds_->Observe(absl::ToDoubleSeconds(duration));
}

class Metrics::Callbacks : public prometheus::Collectable {
 public:
  void Add(std::string_view name, std::string_view help, prometheus::MetricType type, std::function<double()> read,
           const Labels& labels) {
    std::lock_guard lock(mutex_);
    auto& family = families_[std::string(name)];
    if (family.values.empty()) {
      family.help = std::string(help);
      family.type = type;
    }
    family.values.push_back({labels, std::move(read)});
  }

  void Clear() {
    std::lock_guard lock(mutex_);
    families_.clear();
  }

  std::vector<prometheus::MetricFamily> Collect() const override {
    std::lock_guard lock(mutex_);
    std::vector<prometheus::MetricFamily> collected;
    for (const auto& [name, family] : families_) {
      prometheus::MetricFamily shown{name, family.help, family.type, {}};
      for (const auto& value : family.values)
        shown.metric.push_back(Read(value, family.type));
      collected.push_back(std::move(shown));
    }
    return collected;
  }

 private:
  struct Value {
    Labels labels;
    std::function<double()> read;
  };
  struct Family {
    std::string help;
    prometheus::MetricType type = prometheus::MetricType::Gauge;
    std::vector<Value> values;
  };

  static prometheus::ClientMetric Read(const Value& value, prometheus::MetricType type) {
    prometheus::ClientMetric metric;
    for (const auto& [label, text] : value.labels)
      metric.label.push_back({label, text});
    if (type == prometheus::MetricType::Counter) {
      metric.counter.value = value.read();
    } else {
      metric.gauge.value = value.read();
    }
    return metric;
  }

  mutable std::mutex mutex_;
  std::map<std::string, Family> families_;
};

Metrics::Metrics() : registry_(std::make_unique<prometheus::Registry>()), callbacks_(std::make_unique<Callbacks>()) {}
Metrics::~Metrics() = default;

MethodMetrics& Metrics::Method(std::string_view service, std::string_view method) {
  std::lock_guard lock(mutex_);
  auto& entry = methods_[{std::string(service), std::string(method)}];
  if (entry) return *entry;
  entry.reset(new MethodMetrics(std::string(service), std::string(method)));
  prometheus::Labels labels = {{"grpc_service", std::string(service)}, {"grpc_method", std::string(method)}};
  auto& handled = prometheus::BuildCounter()
                      .Name("grpc_server_handled_total")
                      .Help("Calls ended, by method and status code.")
                      .Register(*registry_);
  for (size_t code = 0; code < kCodeNames.size(); ++code) {
    auto with_code = labels;
    with_code["grpc_code"] = kCodeNames[code];
    entry->handled_[code] = &handled.Add(with_code);
  }
  entry->seconds_ = &prometheus::BuildHistogram()
                         .Name("grpc_server_handling_seconds")
                         .Help("Seconds from the arrival of a call to its end.")
                         .Register(*registry_)
                         .Add(labels, Buckets());
  entry->in_flight_ = &prometheus::BuildGauge()
                           .Name("grpc_server_in_flight")
                           .Help("Calls that have begun and not ended.")
                           .Register(*registry_)
                           .Add(labels);
  return *entry;
}

void Metrics::AddGauge(std::string_view name, std::string_view help, std::function<double()> read,
                       const Labels& labels) {
  callbacks_->Add(name, help, prometheus::MetricType::Gauge, std::move(read), labels);
}

void Metrics::AddCounter(std::string_view name, std::string_view help, std::function<double()> read,
                         const Labels& labels) {
  callbacks_->Add(name, help, prometheus::MetricType::Counter, std::move(read), labels);
}

void Metrics::RemoveCallbacks() {
  callbacks_->Clear();
}

std::string Metrics::Text() const {
  auto families = registry_->Collect();
  for (auto& family : callbacks_->Collect())
    families.push_back(std::move(family));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace broadsheet
