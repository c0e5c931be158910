#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "absl/time/clock.h"
#include "support/service_process.h"
#include "support/temp_directory.h"

// Real processes: an embargo that passes by the machine's clock.
namespace broadsheet {
namespace {

using ::testing::ElementsAre;

v1::RawArticle Report(const std::string& id) {
  v1::RawArticle article;
  article.set_id(id);
  article.set_title("Lock gate of Tessel to be rebuilt");
  article.set_text("The lock gate of Tessel will be rebuilt in spring, the harbour board said about " + id + ".");
  return article;
}

std::vector<std::string> Find(v1::SearchService::Stub& stub, const std::string& query, int64_t min_sequence) {
  grpc::ClientContext context;
  v1::SearchRequest request;
  request.set_query(query);
  request.set_min_sequence(min_sequence);
  v1::SearchResponse response;
  const grpc::Status status = stub.Search(&context, request, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  std::vector<std::string> ids;
  for (const auto& hit : response.hits())
    ids.push_back(hit.article().id());
  return ids;
}

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
  ASSERT_TRUE(ingest.stub().IngestArticle(&context, request, &response).ok());
  EXPECT_EQ(response.result().acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  const absl::Time found_from = absl::FromUnixSeconds(request.article().embargo_time().seconds());
  int early = 0;
  while (true) {
    const std::vector<std::string> found = Find(search.stub(), "tessel", response.result().sequence());
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
