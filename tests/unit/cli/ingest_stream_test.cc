#include "cli/ingest_stream.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/connection.h"
#include "common/rpc/clients.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "unit/cli/fake_ingest_service.h"

namespace broadsheet::cli {
namespace {

const grpc::Status kGone(grpc::StatusCode::UNAVAILABLE, "stopping");

class IngestStreamTest : public testing::Test {
 protected:
  IngestStreamTest() : client_(MakeIngestClient(Connect({"ingest-service", service_.address(), ""}))) {}

  absl::Status SendAll(int count, IngestStreamOptions options = {}) {
    IngestStream stream(*client_, options, [this](const Item& item, const v1::IngestResult& result) {
      answered_.push_back(item.origin);
      outcomes_.push_back(result.outcome());
    });
    for (int i = 0; i < count; ++i) {
      Item item{absl::StrCat(i), {}, absl::OkStatus()};
      item.request.set_correlation_id(item.origin);
      item.request.mutable_article()->set_id(absl::StrCat("id-", i));
      item.request.mutable_article()->set_text("text");
      sent_.push_back(item.origin);
      if (absl::Status sent = stream.Send(std::move(item)); !sent.ok()) {
        return sent;
      }
    }
    return stream.Finish();
  }

  FakeIngestService service_;
  std::unique_ptr<IngestClient> client_;
  std::vector<std::string> sent_, answered_;
  std::vector<v1::Outcome> outcomes_;
};

TEST_F(IngestStreamTest, HandsOutAResultForEachItemInOrder) {
  EXPECT_TRUE(SendAll(5000).ok());
  EXPECT_EQ(answered_, sent_);
  EXPECT_EQ(service_.ids().size(), 5000u);
}

TEST_F(IngestStreamTest, WorksWithOneItemInFlight) {
  IngestStreamOptions options;
  options.max_in_flight = 1;
  EXPECT_TRUE(SendAll(20, options).ok());
  EXPECT_EQ(answered_, sent_);
}

TEST_F(IngestStreamTest, LetsAnItemOverTheByteLimitThroughAlone) {
  IngestStreamOptions options;
  options.max_bytes_in_flight = 1;
  EXPECT_TRUE(SendAll(5, options).ok());
  EXPECT_EQ(answered_, sent_);
}

TEST_F(IngestStreamTest, SendsAgainWhatHadNoResultWhenTheServiceGoesAway) {
  service_.FailNext({{3, kGone}, {0, kGone}, {100, grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "busy")}});
  EXPECT_TRUE(SendAll(500).ok());
  EXPECT_EQ(answered_, sent_);
  EXPECT_EQ(service_.ids().size(), 500u);
  EXPECT_EQ(service_.streams(), 4);
}

TEST_F(IngestStreamTest, TakesAStreamThatEndsEarlyForABrokenOne) {
  service_.FailNext({{3, grpc::Status::OK}});
  EXPECT_TRUE(SendAll(10).ok());
  EXPECT_EQ(answered_, sent_);
}

TEST_F(IngestStreamTest, GivesUpWhenThePatienceIsOver) {
  service_.FailNext(std::vector<FakeIngestService::Failure>(100, {0, kGone}));
  IngestStreamOptions options;
  options.patience = absl::Milliseconds(150);
  EXPECT_TRUE(absl::IsUnavailable(SendAll(3, options)));
  EXPECT_TRUE(answered_.empty());
}

TEST_F(IngestStreamTest, DoesNotTryAgainWhatTryingDoesNotMend) {
  service_.FailNext({{1, grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "another lineage")}});
  EXPECT_TRUE(absl::IsFailedPrecondition(SendAll(3)));
  EXPECT_EQ(service_.streams(), 1);
}

TEST_F(IngestStreamTest, StopsWhenAnswersAreNotForWhatWasAsked) {
  service_.AnswerWithWrongCorrelation();
  EXPECT_TRUE(absl::IsInternal(SendAll(3)));
  EXPECT_TRUE(answered_.empty());
}

}  // namespace
}  // namespace broadsheet::cli
