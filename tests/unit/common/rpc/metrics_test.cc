#include "common/rpc/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "common/rpc/metrics_endpoint.h"
#include "unit/common/rpc/probe_service.h"

namespace broadsheet {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Metrics, CountCallsByMethodAndCodeAndMeasureThem) {
  ProbeService service(1, 1);
  ProbeServer server(service);
  ASSERT_TRUE(server.GetStatus().ok());
  service.on_status = [](const CallContext&) { return absl::NotFoundError("none"); };
  ASSERT_FALSE(server.GetStatus().ok());
  ASSERT_FALSE(server.GetStatus().ok());
  server.server->Shutdown(absl::InfiniteDuration());

  const std::string text = service.metrics.Text();
  const std::string labels = R"(grpc_method="GetIngestStatus",grpc_service="broadsheet.v1.IngestService")";
  EXPECT_THAT(text, HasSubstr("grpc_server_handled_total{grpc_code=\"OK\"," + labels + "} 1\n"));
  EXPECT_THAT(text, HasSubstr("grpc_server_handled_total{grpc_code=\"NotFound\"," + labels + "} 2\n"));
  EXPECT_THAT(text, HasSubstr("grpc_server_handling_seconds_count{" + labels + "} 3\n"));
  EXPECT_THAT(text, HasSubstr("grpc_server_in_flight{" + labels + "} 0\n"));
}

TEST(Metrics, ReadRegisteredValuesWhenAsked) {
  Metrics metrics;
  double backlog = 3;
  metrics.AddGauge("broadsheet_backlog", "Events to index.", [&] { return backlog; });
  metrics.AddCounter("broadsheet_outcomes_total", "Results.", [] { return 7.0; }, {{"outcome", "CREATED"}});
  metrics.AddCounter("broadsheet_outcomes_total", "Results.", [] { return 2.0; }, {{"outcome", "STALE"}});
  backlog = 4;
  const std::string text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("# TYPE broadsheet_backlog gauge\nbroadsheet_backlog 4\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE broadsheet_outcomes_total counter\n"));
  EXPECT_THAT(text, HasSubstr("broadsheet_outcomes_total{outcome=\"CREATED\"} 7\n"));
  EXPECT_THAT(text, HasSubstr("broadsheet_outcomes_total{outcome=\"STALE\"} 2\n"));
  metrics.RemoveCallbacks();
  EXPECT_THAT(metrics.Text(), Not(HasSubstr("broadsheet_backlog")));
}

TEST(MetricsEndpoint, ServesTheText) {
  Metrics metrics;
  metrics.AddGauge("broadsheet_backlog", "Events to index.", [] { return 5.0; });
  auto endpoint = MetricsEndpoint::Start(metrics, "127.0.0.1:0");
  ASSERT_TRUE(endpoint.ok()) << endpoint.status();
  httplib::Client client("127.0.0.1", (*endpoint)->port());
  auto response = client.Get("/metrics");
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 200);
  EXPECT_THAT(response->body, HasSubstr("broadsheet_backlog 5\n"));
  EXPECT_EQ(client.Get("/")->status, 404);
}

TEST(MetricsEndpoint, RefusesAPortThatIsTaken) {
  Metrics metrics;
  auto first = MetricsEndpoint::Start(metrics, "127.0.0.1:0");
  ASSERT_TRUE(first.ok());
  auto second = MetricsEndpoint::Start(metrics, "127.0.0.1:" + std::to_string((*first)->port()));
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace broadsheet
