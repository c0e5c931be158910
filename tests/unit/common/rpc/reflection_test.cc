#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <future>

#include "unit/common/rpc/probe_service.h"

// A program of its own, that does not use the health service itself: the server alone must bring its descriptor.
namespace broadsheet {
namespace {

using testing::HasSubstr;

// What reflection answers about a symbol, as bytes: field 4 of a v1alpha ServerReflectionRequest asks for its file.
std::string DescribedBy(const ProbeServer& server, const std::string& symbol) {
  const std::string wire = std::string("\x22") + static_cast<char>(symbol.size()) + symbol;
  grpc::Slice slice(wire);
  grpc::ByteBuffer request(&slice, 1), response;
  grpc::ClientContext context;
  std::promise<grpc::Status> done;
  grpc::GenericStub(server.channel)
      .UnaryCall(&context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", {}, &request, &response,
                 [&done](grpc::Status status) { done.set_value(status); });
  if (const auto status = done.get_future().get(); !status.ok()) return "error " + status.error_message();
  grpc::Slice answer;
  EXPECT_TRUE(response.DumpToSingleSlice(&answer).ok());
  return std::string(reinterpret_cast<const char*>(answer.begin()), answer.size());
}

TEST(Reflection, DescribesTheServicesAndHealth) {
  ProbeService service(1, 1);
  ProbeServer server(service);
  EXPECT_THAT(DescribedBy(server, "grpc.health.v1.Health"), HasSubstr("HealthCheckRequest"));
  EXPECT_THAT(DescribedBy(server, kProbeServiceName), HasSubstr("StreamArticlesRequest"));
}

TEST(Reflection, CanBeSwitchedOff) {
  ProbeService service(1, 1);
  ServerOptions options;
  options.reflection = false;
  ProbeServer server(service, options);
  EXPECT_THAT(DescribedBy(server, kProbeServiceName), HasSubstr("error"));
}

}  // namespace
}  // namespace broadsheet
