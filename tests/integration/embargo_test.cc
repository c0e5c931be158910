#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include "common/base/error.h"
#include "common/rpc/grpc_status.h"
#include "ingest/app.h"
#include "search/app.h"
#include "support/manual_clock.h"
#include "support/temp_directory.h"

// Both services in this process, under one clock that the test sets.
namespace broadsheet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class EmbargoOverRpcTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ingest::IngestConfig config;
    config.service.listen = "127.0.0.1:0";
    config.service.threads = 2;
    config.data_directory = directory_.path();
    config.drain_grace = absl::ZeroDuration();
    ingest_ = ingest::App::Start(config, clock_, {}).value();
    search::AppConfig search;
    search.service.listen = "127.0.0.1:0";
    search.service.threads = 2;
    search.index_directory = config.index_directory();
    search_ = search::App::Start(search, clock_).value();
    writer_ = v1::IngestService::NewStub(grpc::CreateChannel(ingest_->address(), grpc::InsecureChannelCredentials()));
    reader_ = v1::SearchService::NewStub(grpc::CreateChannel(search_->address(), grpc::InsecureChannelCredentials()));
  }

  // Visible when it returns.
  v1::IngestResult Write(const v1::RawArticle& article) {
    grpc::ClientContext context;
    v1::IngestArticleRequest request;
    *request.mutable_article() = article;
    request.set_acknowledge(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    v1::IngestArticleResponse response;
    EXPECT_TRUE(writer_->IngestArticle(&context, request, &response).ok());
    EXPECT_EQ(response.result().acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    return response.result();
  }

  v1::SearchResponse Search(const std::string& query, int64_t min_sequence) {
    grpc::ClientContext context;
    v1::SearchRequest request;
    request.set_query(query);
    request.set_min_sequence(min_sequence);
    v1::SearchResponse response;
    const grpc::Status status = reader_->Search(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  absl::Status Get(const std::string& id, int64_t min_sequence) {
    grpc::ClientContext context;
    v1::GetArticleRequest request;
    request.set_id(id);
    request.set_min_sequence(min_sequence);
    v1::GetArticleResponse response;
    return FromGrpcStatus(reader_->GetArticle(&context, request, &response));
  }

  static std::vector<std::string> Ids(const v1::SearchResponse& response) {
    std::vector<std::string> ids;
    for (const auto& hit : response.hits())
      ids.push_back(hit.article().id());
    return ids;
  }

  static v1::RawArticle Report(const std::string& id) {
    v1::RawArticle article;
    article.set_id(id);
    article.set_title("Lock gate of Tessel to be rebuilt");
    article.set_text("The lock gate of Tessel will be rebuilt in spring, the harbour board said about " + id + ".");
    return article;
  }

  support::TempDirectory directory_;
  support::ManualClock clock_;
  std::unique_ptr<ingest::App> ingest_;
  std::unique_ptr<search::App> search_;
  std::unique_ptr<v1::IngestService::Stub> writer_;
  std::unique_ptr<v1::SearchService::Stub> reader_;
};

TEST_F(EmbargoOverRpcTest, ArticleIsAcknowledgedVisibleAtOnceAndFoundWhenItsTimeHasCome) {
  v1::RawArticle article = Report("held");
  article.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(clock_.Now() + absl::Hours(1)));
  const v1::IngestResult result = Write(article);
  EXPECT_EQ(result.outcome(), v1::OUTCOME_CREATED);
  EXPECT_THAT(Ids(Search("tessel", result.sequence())), IsEmpty());
  EXPECT_EQ(ReasonOf(Get("held", result.sequence())), "ARTICLE_NOT_FOUND");
  clock_.Advance(absl::Hours(1));
  const v1::SearchResponse found = Search("tessel", result.sequence());
  EXPECT_THAT(Ids(found), ElementsAre("held"));
  EXPECT_EQ(found.snapshot().sequence(), result.sequence());
  EXPECT_TRUE(Get("held", 0).ok());
}

TEST_F(EmbargoOverRpcTest, WithheldVersionTakesTheEarlierOneAwayUntilAUsableOneComes) {
  EXPECT_THAT(Ids(Search("tessel", Write(Report("a")).sequence())), ElementsAre("a"));
  v1::RawArticle withheld = Report("a");
  withheld.set_withheld(true);
  const v1::IngestResult kept = Write(withheld);
  EXPECT_EQ(kept.outcome(), v1::OUTCOME_UPDATED);
  EXPECT_THAT(Ids(Search("", kept.sequence())), IsEmpty());
  EXPECT_TRUE(absl::IsNotFound(Get("a", kept.sequence())));
  v1::RawArticle corrected = Report("a");
  corrected.set_corrected(true);
  const v1::SearchResponse found = Search("tessel", Write(corrected).sequence());
  ASSERT_THAT(Ids(found), ElementsAre("a"));
  EXPECT_TRUE(found.hits(0).article().corrected());
  EXPECT_EQ(found.hits(0).article().revision(), 3);
}

TEST_F(EmbargoOverRpcTest, WithdrawalTakesAnArticleFromSearchAndKeepsItsReason) {
  Write(Report("a"));
  grpc::ClientContext context;
  v1::DeleteArticleRequest request;
  request.mutable_deletion()->set_id("a");
  request.mutable_deletion()->set_reason("the board never said so");
  request.set_acknowledge(v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  v1::DeleteArticleResponse response;
  ASSERT_TRUE(writer_->DeleteArticle(&context, request, &response).ok());
  EXPECT_THAT(Ids(Search("tessel", response.result().sequence())), IsEmpty());
  grpc::ClientContext listing;
  v1::ListRevisionsRequest list;
  list.set_id("a");
  v1::ListRevisionsResponse revisions;
  ASSERT_TRUE(writer_->ListRevisions(&listing, list, &revisions).ok());
  EXPECT_EQ(revisions.revisions(0).kind(), v1::EVENT_KIND_DELETION);
  EXPECT_EQ(revisions.revisions(0).reason(), "the board never said so");
}

}  // namespace
}  // namespace broadsheet
