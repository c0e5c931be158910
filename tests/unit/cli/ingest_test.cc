#include "cli/ingest.h"

#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <sstream>

#include "unit/cli/fake_ingest_service.h"

namespace broadsheet::cli {
namespace {

// The fake's index takes one article with each look at its status.
int64_t IndexedAtTheEnd(bool visible) {
  FakeIngestService service;
  auto client = MakeIngestClient(grpc::CreateChannel(service.address(), grpc::InsecureChannelCredentials()));
  std::istringstream in(R"({"id": "a", "text": "The ferry."}
{"id": "b", "text": "The pier."}
{"id": "c", "text": "The dam."})");
  std::ostringstream out, err;
  IngestOptions options;
  options.paths = {"-"};
  options.visible = visible;
  EXPECT_EQ(RunIngest(options, {}, *client, {in, out, err, false, false}), kAllWell) << err.str();
  return service.index_sequence();
}

TEST(IngestTest, VisibleWaitsForAnIndexThatIsBehindHoweverLongTheServiceWaits) {
  EXPECT_EQ(IndexedAtTheEnd(true), 3);
  EXPECT_LT(IndexedAtTheEnd(false), 3);
}

}  // namespace
}  // namespace broadsheet::cli
