// The search service over real gRPC, on a real index.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <thread>

#include "broadsheet/v1/search.grpc.pb.h"
#include "common/base/error.h"
#include "common/base/logging.h"
#include "common/rpc/clients.h"
#include "common/rpc/grpc_status.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "search/app.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

v1::Article Invent(const std::string& id, const std::string& title, const std::string& body) {
  v1::Article article;
  article.set_id(id);
  article.set_title(title);
  article.set_body(body);
  article.set_language("en");
  article.set_source("Harbour Times");
  return article;
}

class SearchRpcTest : public ::testing::Test {
 protected:
  void Start(AppConfig config = {}) {
    config.service.listen = "127.0.0.1:0";
    config.service.threads = 2;
    config.index_directory = path_;
    auto app = App::Start(config, clock_);
    ASSERT_TRUE(app.ok()) << app.status();
    app_ = *std::move(app);
    auto channel = grpc::CreateChannel(app_->address(), grpc::InsecureChannelCredentials());
    client_ = MakeSearchClient(channel);
    health_ = MakeHealthClient(channel);
  }

  template <typename Request, typename Response>
  using Method = grpc::Status (SearchClient::*)(grpc::ClientContext*, const Request&, Response*);

  template <typename Request, typename Response>
  absl::Status Call(Method<Request, Response> method, const Request& request, Response& response,
                    std::chrono::milliseconds deadline = std::chrono::seconds(30)) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    return FromGrpcStatus((client_.get()->*method)(&context, request, &response));
  }

  absl::Status Search(const v1::SearchRequest& request, v1::SearchResponse& response,
                      std::chrono::milliseconds deadline = std::chrono::seconds(30)) {
    return Call(&SearchClient::Search, request, response, deadline);
  }

  // Waits on the health stream until it says so.
  void WaitForHealth(grpc::health::v1::HealthCheckResponse::ServingStatus wanted) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(kSearchServiceName);
    auto states = health_->Watch(&context, request);
    grpc::health::v1::HealthCheckResponse state;
    while (states->Read(&state) && state.status() != wanted) {
    }
    EXPECT_EQ(state.status(), wanted);
    context.TryCancel();
  }

  static constexpr auto kServing = grpc::health::v1::HealthCheckResponse::SERVING;
  static constexpr auto kNotServing = grpc::health::v1::HealthCheckResponse::NOT_SERVING;

  support::TempDirectory directory_;
  std::filesystem::path path_ = directory_.path() / "index";
  SystemClock clock_;
  std::unique_ptr<App> app_;
  std::unique_ptr<SearchClient> client_;
  std::unique_ptr<HealthClient> health_;
};

TEST_F(SearchRpcTest, AQueryAloneGivesAUsefulAnswer) {
  support::TestIndex index(path_);
  index.Add(Invent("one", "Floods in the harbour", "The water came at night. Nobody was hurt."));
  index.Add(Invent("two", "A quiet day", "Nothing happened."));
  index.Commit();
  Start();
  v1::SearchRequest request;
  request.set_query("flooding harbour");
  v1::SearchResponse response;
  ASSERT_TRUE(Search(request, response).ok());
  ASSERT_EQ(response.hits_size(), 1);
  const auto& hit = response.hits(0);
  EXPECT_EQ(hit.article().id(), "one");
  EXPECT_EQ(hit.article().source(), "Harbour Times");
  EXPECT_GT(hit.score(), 0);
  ASSERT_EQ(hit.highlights_size(), 2);
  EXPECT_EQ(hit.highlights(0).text(), "Floods in the harbour");
  EXPECT_EQ(hit.highlights(0).spans_size(), 2);
  EXPECT_EQ(response.total().value(), 1);
  EXPECT_EQ(response.total().relation(), v1::TOTAL_RELATION_EXACT);
  EXPECT_EQ(response.query().text(), "flooding harbour");
  EXPECT_EQ(response.snapshot().sequence(), 2);
  EXPECT_EQ(response.snapshot().lineage(), "lineage-1");
  EXPECT_TRUE(response.next_page_token().empty());
  EXPECT_GT(response.elapsed().nanos(), 0);
}

TEST_F(SearchRpcTest, WhatIsWrongWithARequestIsSaidByField) {
  support::TestIndex index(path_);
  Start();
  v1::SearchRequest request;
  request.set_page_size(-1);
  v1::SearchResponse response;
  absl::Status status = Search(request, response);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  ASSERT_THAT(FieldViolationsOf(status), SizeIs(1));
  EXPECT_EQ(FieldViolationsOf(status)[0].field, "page_size");

  v1::BatchGetArticlesRequest batch;
  v1::BatchGetArticlesResponse articles;
  status = Call(&SearchClient::BatchGetArticles, batch, articles);
  EXPECT_EQ(FieldViolationsOf(status)[0].field, "ids");
  for (int i = 0; i < 101; ++i)
    batch.add_ids("x");
  status = Call(&SearchClient::BatchGetArticles, batch, articles);
  EXPECT_EQ(FieldViolationsOf(status)[0].field, "ids");

  v1::GetArticleRequest get;
  v1::GetArticleResponse article;
  status = Call(&SearchClient::GetArticle, get, article);
  EXPECT_EQ(FieldViolationsOf(status)[0].field, "id");
}

TEST_F(SearchRpcTest, ArticlesAreReadById) {
  support::TestIndex index(path_);
  index.Add(Invent("one", "First", "The whole body."));
  index.Add(Invent("two", "Second", "Another."));
  index.Delete("two");
  index.Commit();
  Start();
  v1::GetArticleRequest get;
  get.set_id("one");
  v1::GetArticleResponse article;
  ASSERT_TRUE(Call(&SearchClient::GetArticle, get, article).ok());
  EXPECT_EQ(article.article().body(), "The whole body.");
  EXPECT_EQ(article.snapshot().sequence(), 3);
  get.set_id("two");
  absl::Status gone = Call(&SearchClient::GetArticle, get, article);
  EXPECT_EQ(gone.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(gone), "ARTICLE_NOT_FOUND");
  v1::BatchGetArticlesRequest batch;
  batch.add_ids("two");
  batch.add_ids("one");
  v1::BatchGetArticlesResponse articles;
  ASSERT_TRUE(Call(&SearchClient::BatchGetArticles, batch, articles).ok());
  EXPECT_EQ(articles.articles_size(), 1);
  EXPECT_THAT(articles.missing_ids(), ElementsAre("two"));
}

TEST_F(SearchRpcTest, AQueryIsExplainedWithoutRunningIt) {
  Start();  // without an index too
  v1::ParseQueryRequest request;
  request.set_query("floods OR \"high water\"");
  v1::ParseQueryResponse response;
  ASSERT_TRUE(Call(&SearchClient::ParseQuery, request, response).ok());
  EXPECT_EQ(response.query().text(), "floods OR \"high water\"");
  EXPECT_EQ(response.tree().kind(), v1::QUERY_NODE_KIND_ANY);
  ASSERT_EQ(response.tree().children_size(), 2);
  EXPECT_THAT(response.tree().children(0).terms(), ElementsAre("stem:flood"));
}

TEST_F(SearchRpcTest, TheIndexIsDescribed) {
  support::TestIndex index(path_);
  index.Add(Invent("one", "First", "Body."));
  index.Commit();
  Start();
  v1::GetIndexInfoResponse info;
  ASSERT_TRUE(Call(&SearchClient::GetIndexInfo, v1::GetIndexInfoRequest(), info).ok());
  EXPECT_EQ(info.articles(), 1);
  EXPECT_EQ(info.snapshot().sequence(), 1);
  EXPECT_EQ(info.shards_size(), 1);
  EXPECT_FALSE(info.has_earliest_published_time());
  EXPECT_EQ(info.limits().page_size(), 100);
  EXPECT_EQ(info.limits().group_hits(), 10);
  EXPECT_EQ(info.limits().similar_text_bytes(), 64 * 1'024);
  EXPECT_EQ(info.limits().suggestions(), 20);
  // No limit is forgotten.
  const auto* limits = info.limits().GetDescriptor();
  for (int i = 0; i < limits->field_count(); ++i)
    EXPECT_GT(info.limits().GetReflection()->GetInt32(info.limits(), limits->field(i)), 0) << limits->field(i)->name();
  for (const v1::FieldInfo& field : info.fields())
    EXPECT_EQ(field.groupable(), field.facetable() && !field.repeated()) << field.name();
}

TEST_F(SearchRpcTest, ItStartsWithoutAnIndexAndServesWhenOneComes) {
  Start();
  WaitForHealth(kNotServing);
  v1::SearchResponse response;
  absl::Status missing = Search({}, response);
  EXPECT_EQ(missing.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(missing), "INDEX_NOT_OPEN");
  support::TestIndex index(path_);
  WaitForHealth(kServing);
  EXPECT_TRUE(Search({}, response).ok());
  Manifest other = index.manifest();
  other.shards[0].schema_version += 1;
  ASSERT_TRUE(WriteManifest(path_, other).ok());
  WaitForHealth(kNotServing);
  absl::Status refused = Search({}, response);
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("schema"));
}

TEST_F(SearchRpcTest, ASearchWaitsForTheSequenceOfAWrite) {
  support::TestIndex index(path_);
  Start();
  WaitForHealth(kServing);
  for (int i = 0; i < 20; ++i) {
    v1::SearchRequest request;
    request.set_query("id" + std::to_string(i));
    request.set_lineage("lineage-1");
    request.set_min_sequence(index.sequence() + 1);
    v1::SearchResponse response;
    absl::Status status;
    std::thread search([&] { status = Search(request, response); });
    index.Add(Invent("article-" + std::to_string(i), "About id" + std::to_string(i), "Text."));
    index.Commit();
    search.join();
    ASSERT_TRUE(status.ok()) << status;
    ASSERT_EQ(response.hits_size(), 1);
    EXPECT_GE(response.snapshot().sequence(), request.min_sequence());
  }
}

TEST_F(SearchRpcTest, ASequenceThatDoesNotComeIsAnErrorBeforeTheDeadline) {
  support::TestIndex index(path_);
  Start();
  WaitForHealth(kServing);
  v1::SearchRequest request;
  request.set_min_sequence(10);
  v1::SearchResponse response;
  absl::Status late = Search(request, response, std::chrono::milliseconds(500));
  EXPECT_EQ(ReasonOf(late), "SEQUENCE_NOT_REACHED");
  EXPECT_GT(RetryDelayOf(late), absl::ZeroDuration());
  request.set_lineage("another");
  EXPECT_EQ(ReasonOf(Search(request, response)), "LINEAGE_MISMATCH");
}

TEST_F(SearchRpcTest, CallsThatWaitOccupyNoWorkerAndAreCapped) {
  support::TestIndex index(path_);
  AppConfig config;
  config.max_waiting = 4;
  Start(config);
  WaitForHealth(kServing);
  std::vector<std::thread> waiting;
  std::vector<absl::Status> answers(4);
  for (auto& answer : answers) {
    waiting.emplace_back([&] {
      v1::SearchRequest request;
      request.set_min_sequence(1);
      v1::SearchResponse response;
      do {
        answer = Search(request, response);
      } while (ReasonOf(answer) == "TOO_MANY_WAITING");
    });
  }
  // One more is refused once the four are in; until then it takes a place itself for a moment, which may cost one of
  // the four its first try.
  v1::SearchRequest request;
  request.set_min_sequence(1);
  v1::SearchResponse response;
  absl::Status fifth;
  do {
    fifth = Search(request, response, std::chrono::milliseconds(20));
  } while (fifth.code() != absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(fifth), "TOO_MANY_WAITING");
  EXPECT_TRUE(Search({}, response).ok()) << "both workers are free";
  index.Add(Invent("one", "First", "Body."));
  index.Commit();
  for (auto& thread : waiting)
    thread.join();
  for (const auto& answer : answers)
    EXPECT_TRUE(answer.ok()) << answer;
}

TEST_F(SearchRpcTest, StoppingAnswersThoseWhoWait) {
  support::TestIndex index(path_);
  AppConfig config;
  config.drain = absl::Milliseconds(100);
  Start(config);
  WaitForHealth(kServing);
  absl::Status answer;
  std::thread waiting([&] {
    v1::SearchRequest request;
    request.set_min_sequence(1);
    v1::SearchResponse response;
    answer = Search(request, response);
  });
  app_->Stop();  // would wait for ever for a call that is never answered
  waiting.join();
  EXPECT_FALSE(answer.ok());
  app_.reset();
}

}  // namespace
}  // namespace broadsheet::search
