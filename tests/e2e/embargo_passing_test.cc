#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "absl/time/clock.h"
#include "lock_gate.h"
#include "support/service_process.h"
#include "support/temp_directory.h"

// Real processes: an embargo that passes by the machine's clock.
namespace broadsheet {
namespace {

using ::testing::ElementsAre;

TEST(EmbargoPassingTest, PassesWithoutAnyWrite) {
  support::TempDirectory directory;
  support::IngestProcess ingest(directory.path());
  support::SearchProcess search(directory.path());
  grpc::ClientContext context;
  v1::IngestArticleRequest request;
  *request.mutable_article() = Report("held");
  const absl::Time embargo = absl::Now() + absl::Seconds(3);
  request.mutable_article()->mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(embargo) + 1);
  request.set_acknowledge(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  v1::IngestArticleResponse response;
  ASSERT_TRUE(ingest.client().IngestArticle(&context, request, &response).ok());
  EXPECT_EQ(response.result().acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  const absl::Time found_from = absl::FromUnixSeconds(request.article().embargo_time().seconds());
  int early = 0;
  while (true) {
    const std::vector<std::string> found = Find(search.client(), "tessel", response.result().sequence());
    const absl::Time answered = absl::Now();
    if (!found.empty()) {
      EXPECT_THAT(found, ElementsAre("held"));
      EXPECT_GE(answered, found_from);
      break;
    }
    ++early;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    ASSERT_LT(answered, found_from + absl::Seconds(60));
  }
  EXPECT_GT(early, 0);
}

}  // namespace
}  // namespace broadsheet
