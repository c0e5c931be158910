// Finding more over real gRPC, on a real index.
#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <thread>

#include "broadsheet/v1/search.grpc.pb.h"
#include "common/base/error.h"
#include "common/rpc/clients.h"
#include "common/rpc/grpc_status.h"
#include "search/app.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

using ::testing::HasSubstr;

constexpr int64_t kDay = 86'400;

class DiscoverRpcTest : public ::testing::Test {
 protected:
  DiscoverRpcTest() {
    for (int i = 0; i < 40; ++i) {
      v1::Article article;
      article.set_id("a-" + std::to_string(i));
      const bool ferry = i % 4 == 0;
      article.set_title(ferry ? "Ferry aground" : "Market day number " + std::to_string(i));
      article.set_body(
          ferry ? "We heard that the ferry of Ann Marlow ran aground near Port Alder again. Day " + std::to_string(i)
                : "People sold apples and pears at the market of the town, as they do. Day " + std::to_string(i));
      article.set_language("en");
      article.set_source("Harbour Times");
      article.mutable_published_time()->set_seconds((ferry ? 200 : i) * kDay);
      index_.Add(article);
    }
    index_.Commit();
    AppConfig config;
    config.service.listen = "127.0.0.1:0";
    config.service.threads = 2;
    config.index_directory = directory_.path() / "index";
    auto app = App::Start(config, clock_);
    EXPECT_TRUE(app.ok()) << app.status();
    app_ = *std::move(app);
    client_ = MakeSearchClient(grpc::CreateChannel(app_->address(), grpc::InsecureChannelCredentials()));
  }

  template <typename Request, typename Response>
  absl::Status Call(grpc::Status (SearchClient::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response& response,
                    std::chrono::milliseconds deadline = std::chrono::seconds(30)) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    return FromGrpcStatus((client_.get()->*method)(&context, request, &response));
  }

  support::TempDirectory directory_;
  support::TestIndex index_{directory_.path() / "index"};
  SystemClock clock_;
  std::unique_ptr<App> app_;
  std::unique_ptr<SearchClient> client_;
};

TEST_F(DiscoverRpcTest, SimilarArticlesAnswersAndRefuses) {
  v1::SimilarArticlesRequest request;
  v1::SimilarArticlesResponse response;
  request.set_text("a ferry ran aground");
  ASSERT_TRUE(Call(&SearchClient::SimilarArticles, request, response).ok());
  ASSERT_GT(response.hits_size(), 0);
  EXPECT_EQ(response.hits(0).article().title(), "Ferry aground");
  EXPECT_EQ(response.snapshot().sequence(), 40);
  request.set_id("nobody");
  absl::Status status = Call(&SearchClient::SimilarArticles, request, response);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "ARTICLE_NOT_FOUND");
  request.clear_like();
  status = Call(&SearchClient::SimilarArticles, request, response);
  EXPECT_EQ(FieldViolationsOf(status)[0].field, "like");
}

TEST_F(DiscoverRpcTest, SuggestIsReadySoon) {
  v1::SuggestRequest request;
  v1::SuggestResponse response;
  request.set_text("mar");
  absl::Status status = Call(&SearchClient::Suggest, request, response);
  while (ReasonOf(status) == "LEXICON_NOT_READY") {
    EXPECT_GT(RetryDelayOf(status), absl::ZeroDuration());
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    status = Call(&SearchClient::Suggest, request, response);
  }
  ASSERT_TRUE(status.ok()) << status;
  std::string json;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(response, &json).ok());
  EXPECT_THAT(json, HasSubstr(R"({"text":"market","kind":"SUGGESTION_KIND_QUERY","articles":"30"})"));
  EXPECT_THAT(json, HasSubstr(R"({"text":"Ann Marlow","kind":"SUGGESTION_KIND_NAME","articles":"10"})"));
  request.set_limit(21);
  EXPECT_EQ(FieldViolationsOf(Call(&SearchClient::Suggest, request, response))[0].field, "limit");
}

TEST_F(DiscoverRpcTest, SignificantTermsWaitForASequenceAsSearchDoes) {
  v1::SignificantTermsRequest request;
  v1::SignificantTermsResponse response;
  request.set_query("ferry");
  ASSERT_TRUE(Call(&SearchClient::SignificantTerms, request, response).ok());
  ASSERT_GT(response.terms_size(), 0);
  EXPECT_EQ(response.terms(0).foreground(), 10);
  EXPECT_EQ(response.sampled(), 10);
  request.set_min_sequence(41);
  std::thread writer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    v1::Article article;
    article.set_id("late");
    article.set_title("Ferry");
    article.set_body("A ferry.");
    article.set_language("en");
    index_.Add(article);
    index_.Commit();
  });
  EXPECT_TRUE(Call(&SearchClient::SignificantTerms, request, response).ok());
  writer.join();
  EXPECT_EQ(response.sampled(), 11);
  request.set_min_sequence(1'000);
  absl::Status status = Call(&SearchClient::SignificantTerms, request, response, std::chrono::milliseconds(400));
  EXPECT_FALSE(status.ok());
}

TEST_F(DiscoverRpcTest, TrendsRise) {
  v1::TrendsRequest request;
  v1::TrendsResponse response;
  request.mutable_window()->mutable_start()->set_seconds(200 * kDay);
  request.mutable_window()->mutable_end()->set_seconds(250 * kDay);
  ASSERT_TRUE(Call(&SearchClient::Trends, request, response).ok());
  EXPECT_EQ(response.window_articles(), 10);
  EXPECT_EQ(response.baseline_articles(), 30);
  ASSERT_GT(response.trends_size(), 0);
  EXPECT_EQ(response.trends(0).window_articles(), 10);
  EXPECT_EQ(response.trends(0).baseline_articles(), 0);
  request.clear_window();
  EXPECT_EQ(FieldViolationsOf(Call(&SearchClient::Trends, request, response))[0].field, "window");
}

}  // namespace
}  // namespace broadsheet::search
