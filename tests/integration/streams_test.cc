// Batches, exports and live queries over real gRPC, on a real index.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/grpcpp.h>

#include <chrono>
#include <thread>

#include "broadsheet/v1/search.grpc.pb.h"
#include "common/base/error.h"
#include "common/base/timestamp.h"
#include "common/rpc/clients.h"
#include "common/rpc/grpc_status.h"
#include "search/app.h"
#include "support/manual_clock.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;

v1::Article Invent(const std::string& id, const std::string& title, int revision = 1) {
  v1::Article article;
  article.set_id(id);
  article.set_title(title);
  article.set_body("A body about " + title + ".");
  article.set_language("en");
  article.set_revision(revision);
  return article;
}

class StreamsTest : public ::testing::Test {
 protected:
  StreamsTest() {
    for (int i = 0; i < 700; ++i)
      index_.Add(Invent("a-" + std::to_string(i), i % 2 ? "ferry" : "lighthouse"));
    index_.Commit();
  }

  void Start(AppConfig config = {}) {
    config.service.listen = "127.0.0.1:0";
    config.service.threads = 2;
    config.index_directory = path_;
    config.drain = absl::Milliseconds(100);
    app_ = App::Start(config, clock_).value();
    client_ = MakeSearchClient(grpc::CreateChannel(app_->address(), grpc::InsecureChannelCredentials()));
  }

  // A live query that is read one element at a time.
  struct Watch {
    Watch(SearchClient& client, const v1::WatchArticlesRequest& request)
        : stream(client.WatchArticles(&context, request)) {}
    ~Watch() { context.TryCancel(); }
    // The next that is no heartbeat.
    v1::WatchArticlesResponse Next() {
      v1::WatchArticlesResponse event;
      while (stream->Read(&event)) {
        if (!event.has_heartbeat()) return event;
        ++heartbeats;
      }
      status = FromGrpcStatus(stream->Finish());
      return {};
    }
    // Its beginning.
    v1::WatchArticlesResponse Begin() {
      v1::WatchArticlesResponse event;
      EXPECT_TRUE(stream->Read(&event) && event.has_heartbeat());
      return event;
    }
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReader<v1::WatchArticlesResponse>> stream;
    int heartbeats = 0;
    absl::Status status;
  };

  static v1::WatchArticlesRequest Query(const std::string& query) {
    v1::WatchArticlesRequest request;
    request.set_query(query);
    request.mutable_heartbeat()->set_seconds(1);
    return request;
  }

  // All of an export, and how it ended.
  std::vector<v1::ExportArticlesResponse> Export(const v1::ExportArticlesRequest& request, absl::Status& status) {
    grpc::ClientContext context;
    auto stream = client_->ExportArticles(&context, request);
    std::vector<v1::ExportArticlesResponse> all;
    for (v1::ExportArticlesResponse message; stream->Read(&message);)
      all.push_back(message);
    status = FromGrpcStatus(stream->Finish());
    return all;
  }

  absl::Status Batch(const v1::BatchSearchRequest& request, v1::BatchSearchResponse& response,
                     std::chrono::milliseconds deadline = std::chrono::seconds(30)) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + deadline);
    return FromGrpcStatus(client_->BatchSearch(&context, request, &response));
  }

  support::TempDirectory directory_;
  const std::filesystem::path path_ = directory_.path() / "index";
  support::TestIndex index_{path_};
  support::ManualClock clock_;
  std::unique_ptr<App> app_;
  std::unique_ptr<SearchClient> client_;
};

TEST_F(StreamsTest, ABatchAnswersEachQuestionOrSaysWhatIsWrongWithIt) {
  Start();
  v1::BatchSearchRequest request;
  request.add_requests()->set_query("ferry");
  request.add_requests()->set_page_size(-1);
  request.add_requests()->set_lineage("another");
  request.add_requests()->set_min_sequence(1'000'000);
  request.add_requests()->set_query("lighthouse");
  v1::BatchSearchResponse response;
  const auto begin = std::chrono::steady_clock::now();
  const absl::Status status = Batch(request, response, std::chrono::milliseconds(1'500));
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(1'500));
  ASSERT_EQ(response.results_size(), 5);
  EXPECT_EQ(response.results(0).response().total().value(), 350);
  EXPECT_EQ(response.results(4).response().hits(0).article().title(), "lighthouse");
  EXPECT_EQ(response.snapshot().sequence(), index_.sequence());
  auto error = [&](int i) {
    const auto& wire = response.results(i).error();
    return FromGrpcStatus({static_cast<grpc::StatusCode>(wire.code()), wire.message(), wire.SerializeAsString()});
  };
  EXPECT_EQ(FieldViolationsOf(error(1)).at(0).field, "page_size");
  EXPECT_EQ(ReasonOf(error(2)), "LINEAGE_MISMATCH");
  EXPECT_EQ(ReasonOf(error(3)), "SEQUENCE_NOT_REACHED");
  EXPECT_GT(RetryDelayOf(error(3)), absl::ZeroDuration());
}

TEST_F(StreamsTest, ABatchHasOneToTwentyQuestions) {
  Start();
  v1::BatchSearchRequest request;
  v1::BatchSearchResponse response;
  EXPECT_EQ(ReasonOf(Batch(request, response)), "BATCH_SIZE");
  for (int i = 0; i < 20; ++i)
    request.add_requests()->set_query("ferry");
  EXPECT_TRUE(Batch(request, response).ok());
  EXPECT_EQ(response.results_size(), 20);
  request.add_requests();
  EXPECT_EQ(FieldViolationsOf(Batch(request, response)).at(0).field, "requests");
}

TEST_F(StreamsTest, AnExportBringsAllAndGoesOnFromItsTokens) {
  Start();
  v1::ExportArticlesRequest request;
  request.set_query("ferry");
  absl::Status status;
  const auto all = Export(request, status);
  ASSERT_TRUE(status.ok()) << status;
  ASSERT_EQ(all.size(), 351u);
  for (int i = 0; i < 350; ++i)
    EXPECT_EQ(all[i].article().id(), "a-" + std::to_string(2 * i + 1));
  EXPECT_EQ(all.back().summary().articles(), 350);
  request.set_resume_token(all[299].resume_token());
  EXPECT_EQ(Export(request, status).size(), 51u);
  request.set_query("lighthouse");
  Export(request, status);
  EXPECT_EQ(ReasonOf(status), "RESUME_TOKEN_OTHER_QUERY");
  request.set_resume_token("x");
  Export(request, status);
  EXPECT_EQ(ReasonOf(status), "RESUME_TOKEN_DAMAGED");
  request.clear_resume_token();
  request.mutable_filter()->mutable_in_values()->set_field("no_such_field");
  Export(request, status);
  EXPECT_EQ(FieldViolationsOf(status).at(0).field, "filter.in_values.field");
}

TEST_F(StreamsTest, AnExportWaitsForItsSequence) {
  Start();
  v1::ExportArticlesRequest request;
  request.set_query("needle");
  request.set_min_sequence(index_.sequence() + 1);
  std::thread writer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    index_.Add(Invent("new", "needle"));
    index_.Commit();
  });
  absl::Status status;
  const auto all = Export(request, status);
  writer.join();
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(all.size(), 2u);
}

TEST_F(StreamsTest, AWatchTellsOfCommitsAsTheyCome) {
  Start();
  Watch watch(*client_, Query("needle"));
  const auto first = watch.Begin();
  EXPECT_EQ(first.sequence(), index_.sequence());
  index_.Add(Invent("new", "needle"));
  index_.Commit();
  auto event = watch.Next();
  EXPECT_EQ(event.matched().article().id(), "new");
  index_.Delete("new");
  index_.Commit();
  event = watch.Next();
  EXPECT_EQ(event.withdrawn().id(), "new");
  v1::WatchArticlesRequest again = Query("needle");
  again.set_resume_token(first.resume_token());
  Watch resumed(*client_, again);
  EXPECT_EQ(resumed.Next().withdrawn().id(), "new") << "the version between is gone";
}

TEST_F(StreamsTest, AQuietWatchHasHeartbeatsAndAnEmbargoEndsByTheClock) {
  Start();
  v1::Article held = Invent("held", "needle");
  *held.mutable_embargo_time() = ToTimestamp(clock_.Now() + absl::Hours(1));
  Watch watch(*client_, Query("needle"));
  watch.Begin();
  index_.Add(held);
  index_.Commit();
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(2'500));
    clock_.Advance(absl::Hours(1));
  });
  const auto event = watch.Next();
  later.join();
  EXPECT_EQ(event.matched().article().id(), "held");
  EXPECT_GE(watch.heartbeats, 2);
}

TEST_F(StreamsTest, AWatchIsRefusedWithTheFieldAtFault) {
  Start();
  auto reason = [&](const v1::WatchArticlesRequest& request) {
    Watch watch(*client_, request);
    watch.Next();
    return ReasonOf(watch.status);
  };
  v1::WatchArticlesRequest request = Query("ferry");
  request.mutable_heartbeat()->set_seconds(301);
  EXPECT_EQ(reason(request), "HEARTBEAT");
  request.mutable_heartbeat()->set_seconds(0);
  EXPECT_EQ(reason(request), "HEARTBEAT");
  request = Query("ferry");
  request.set_start_sequence(-1);
  EXPECT_EQ(reason(request), "START_SEQUENCE");
  request.set_start_sequence(5);
  request.set_lineage("another");
  EXPECT_EQ(reason(request), "LINEAGE_MISMATCH");
  request = Query("ferry");
  request.set_resume_token("x");
  EXPECT_EQ(reason(request), "RESUME_TOKEN_DAMAGED");
}

TEST_F(StreamsTest, TheCapsAreKeptAndStoppingEndsAllStreams) {
  AppConfig config;
  config.max_watches = 2;
  Start(config);
  Watch first(*client_, Query("ferry")), second(*client_, Query("ferry"));
  first.Begin();
  second.Begin();
  Watch third(*client_, Query("ferry"));
  third.Next();
  EXPECT_EQ(ReasonOf(third.status), "TOO_MANY_STREAMS");
  const auto begin = std::chrono::steady_clock::now();
  std::thread stop([&] { app_->Stop(); });
  first.Next();
  EXPECT_EQ(ReasonOf(first.status), "STOPPING");
  second.Next();
  stop.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

// A reader that takes nothing for some time gets everything that matters in the end, and others notice nothing.
TEST_F(StreamsTest, ASlowWatchIsToldAndLosesNothing) {
  Start();
  Watch slow(*client_, Query("needle")), quick(*client_, Query("needle"));
  slow.Begin();
  quick.Begin();
  const std::string long_title = "needle " + std::string(100'000, 'x');
  constexpr int kCommits = 18;
  for (int commit = 0; commit < kCommits; ++commit) {
    for (int i = 0; i < 20; ++i)
      index_.Add(Invent("n-" + std::to_string(i), long_title, commit + 1));
    index_.Commit();
    if (commit > 0 && commit < 15) std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }
  const int64_t last = index_.sequence();
  bool told = false;
  for (v1::WatchArticlesResponse event; slow.stream->Read(&event) && event.sequence() < last;)
    told = told || event.has_lagged();
  EXPECT_TRUE(told);
  v1::WatchArticlesResponse event;
  while (quick.stream->Read(&event) && event.sequence() < last) {
  }
  EXPECT_EQ(event.sequence(), last);
}

}  // namespace
}  // namespace broadsheet::search
