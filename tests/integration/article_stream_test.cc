#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <thread>

#include "common/base/error.h"
#include "common/rpc/clients.h"
#include "integration/ingest_fixture.h"

namespace broadsheet::ingest {
namespace {

// A stream as a client has it.
struct ClientStream {
  // The deadline is below the keepalive of the server, which would wake a stream that hangs.
  explicit ClientStream(IngestClient& client) {
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(100));
    wire = client.StreamArticles(&context);
  }

  bool Send(const v1::RawArticle& article, const std::string& correlation_id,
            v1::AcknowledgeLevel level = v1::ACKNOWLEDGE_LEVEL_UNSPECIFIED) {
    v1::StreamArticlesRequest request;
    request.set_correlation_id(correlation_id);
    request.set_acknowledge(level);
    *request.mutable_article() = article;
    return wire->Write(request);
  }

  bool SendDeletion(const std::string& id, const std::string& correlation_id) {
    v1::StreamArticlesRequest request;
    request.set_correlation_id(correlation_id);
    request.mutable_deletion()->set_id(id);
    return wire->Write(request);
  }

  // The next result; OUTCOME_UNSPECIFIED at the end of the stream.
  v1::StreamArticlesResponse Next() {
    v1::StreamArticlesResponse response;
    if (!wire->Read(&response)) response.Clear();
    return response;
  }

  absl::Status Finish() { return FromGrpcStatus(wire->Finish()); }

  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReaderWriter<v1::StreamArticlesRequest, v1::StreamArticlesResponse>> wire;
};

class ArticleStreamRpc : public IngestFixture {
 protected:
  // Sends `count` articles, every eleventh an empty one, and reads the results at the same time.
  void RunStream(const std::string& prefix, int count) {
    ClientStream stream(*client);
    std::thread writer([&] {
      for (int i = 0; i < count; ++i) {
        auto article = NewArticle(prefix + std::to_string(i));
        if (i % 11 == 5) article.clear_content();
        stream.Send(article, std::to_string(i));
      }
      stream.wire->WritesDone();
    });
    int64_t before = 0;
    for (int i = 0; i < count; ++i) {
      const auto response = stream.Next();
      EXPECT_EQ(response.correlation_id(), std::to_string(i));
      if (i % 11 == 5) {
        EXPECT_EQ(response.result().outcome(), v1::OUTCOME_REJECTED) << i;
        continue;
      }
      EXPECT_EQ(response.result().outcome(), v1::OUTCOME_CREATED) << i;
      EXPECT_EQ(response.result().article_id(), prefix + std::to_string(i));
      EXPECT_GT(response.result().sequence(), before);
      before = response.result().sequence();
    }
    writer.join();
    EXPECT_EQ(stream.Next().result().outcome(), v1::OUTCOME_UNSPECIFIED);
    EXPECT_TRUE(stream.Finish().ok());
  }

  int64_t Taken() {
    int64_t taken = 0;
    const auto report = Status();
    for (const auto& count : report.outcomes())
      taken += count.count();
    return taken;
  }
};

TEST_F(ArticleStreamRpc, AnswersThousandsInTheirOrder) {
  StartApp();
  RunStream("s", 3000);
  EXPECT_EQ(Taken(), 3000);
}

TEST_F(ArticleStreamRpc, SharesLittleRoomAmongManyStreams) {
  hooks.intake.max_articles = 4;
  hooks.intake.lane_articles = 2;
  hooks.limits.stream_unread_results = 3;
  StartApp();
  std::vector<std::thread> streams;
  for (int i = 0; i < 6; ++i)
    streams.emplace_back([this, i] { RunStream("s" + std::to_string(i) + "-", 200); });
  for (auto& stream : streams)
    stream.join();
  EXPECT_EQ(Taken(), 1200);
}

TEST_F(ArticleStreamRpc, EndsAtOnceWhenNothingIsSent) {
  StartApp();
  ClientStream stream(*client);
  stream.wire->WritesDone();
  EXPECT_EQ(stream.Next().result().outcome(), v1::OUTCOME_UNSPECIFIED);
  EXPECT_TRUE(stream.Finish().ok());
}

TEST_F(ArticleStreamRpc, RejectsABadElementAndGoesOn) {
  StartApp();
  ClientStream stream(*client);
  std::string long_id(254, 'x');
  long_id += "ü!";  // 257 bytes
  stream.Send(NewArticle("a"), long_id);
  stream.wire->Write(v1::StreamArticlesRequest());
  stream.Send(NewArticle("a"), "third", static_cast<v1::AcknowledgeLevel>(9));
  stream.Send(NewArticle("a"), "fourth");
  stream.SendDeletion("a", "fifth");
  stream.SendDeletion("nobody", "sixth");
  stream.wire->WritesDone();

  auto response = stream.Next();
  EXPECT_EQ(response.result().outcome(), v1::OUTCOME_REJECTED);
  EXPECT_EQ(response.result().reason(), v1::REASON_FIELD_TOO_LARGE);
  EXPECT_EQ(response.result().field(), "correlation_id");
  EXPECT_EQ(response.correlation_id(), long_id.substr(0, 256));
  response = stream.Next();
  EXPECT_EQ(response.result().outcome(), v1::OUTCOME_REJECTED);
  EXPECT_EQ(response.result().reason(), v1::REASON_MISSING_OPERATION);
  EXPECT_EQ(response.result().lineage().size(), 36u);
  response = stream.Next();
  EXPECT_EQ(response.result().outcome(), v1::OUTCOME_REJECTED);
  EXPECT_EQ(response.result().field(), "acknowledge");
  response = stream.Next();
  EXPECT_EQ(response.correlation_id(), "fourth");
  EXPECT_EQ(response.result().outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(stream.Next().result().outcome(), v1::OUTCOME_DELETED);
  response = stream.Next();
  EXPECT_EQ(response.result().outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(response.result().reason(), v1::REASON_NOT_FOUND);
  EXPECT_TRUE(stream.Finish().ok());
  EXPECT_EQ(Taken(), 6);
}

TEST_F(ArticleStreamRpc, HoldsResultsBackBehindOneThatWaitsForVisible) {
  StartApp();
  ClientStream stream(*client);
  for (int round = 0; round < 5; ++round) {
    const std::string id = "a" + std::to_string(round);
    stream.Send(NewArticle(id), id + "-visible", v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    stream.Send(NewArticle(id + "b"), id + "-durable");
    const auto visible = stream.Next();
    EXPECT_EQ(visible.correlation_id(), id + "-visible");
    EXPECT_EQ(visible.result().acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
    EXPECT_GE(Status().index_sequence(), visible.result().sequence());
    const auto durable = stream.Next();
    EXPECT_EQ(durable.correlation_id(), id + "-durable");
    EXPECT_EQ(durable.result().acknowledged(), v1::ACKNOWLEDGE_LEVEL_DURABLE);
  }
  stream.wire->WritesDone();
  EXPECT_TRUE(stream.Finish().ok());
}

TEST_F(ArticleStreamRpc, ReadsNoFurtherWhileItsResultsAreNotRead) {
  constexpr int kArticles = 20'000;
  hooks.limits.stream_unread_results = 32;
  StartApp();
  grpc::ChannelArguments small_window;  // or the client's library alone takes megabytes of results
  small_window.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  small_window.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 65'535);
  auto client =
      MakeIngestClient(grpc::CreateCustomChannel(app->address(), grpc::InsecureChannelCredentials(), small_window));
  ClientStream stream(*client);
  const std::string correlation_id(250, 'c');
  std::thread writer([&] {
    v1::RawArticle article;  // rejected: costs no write
    for (int i = 0; i < kArticles; ++i)
      stream.Send(article, correlation_id);
    stream.wire->WritesDone();
  });
  // It has stopped once the count stays; a slow machine can only make this end early.
  int64_t taken = 0;
  for (int same = 0; same < 200;) {
    const int64_t now = Taken();
    same = now == taken ? same + 1 : 0;
    taken = now;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  EXPECT_LT(taken, 2'000);
  for (int i = 0; i < kArticles; ++i) {
    ASSERT_EQ(stream.Next().result().outcome(), v1::OUTCOME_REJECTED) << i;
  }
  writer.join();
  EXPECT_TRUE(stream.Finish().ok());
  EXPECT_EQ(Taken(), kArticles);
}

TEST_F(ArticleStreamRpc, FreesItsPlaceWhenTheCallerLeaves) {
  hooks.limits.streams = 1;
  StartApp();
  auto first = std::make_unique<ClientStream>(*client);
  first->Send(NewArticle("a"), "1");
  EXPECT_EQ(first->Next().result().outcome(), v1::OUTCOME_CREATED);
  {
    ClientStream second(*client);
    const absl::Status refused = second.Finish();
    EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
    EXPECT_GT(RetryDelayOf(refused), absl::ZeroDuration());
  }
  first->context.TryCancel();
  EXPECT_EQ(first->Finish().code(), absl::StatusCode::kCancelled);
  for (;;) {  // until the server has noticed
    ClientStream next(*client);
    next.wire->WritesDone();
    if (next.Finish().ok()) break;
  }
}

TEST_F(ArticleStreamRpc, SendsWhatIsOwedWhenTheServiceStops) {
  StartApp();
  ClientStream stream(*client);
  stream.Send(NewArticle("a"), "1");
  EXPECT_EQ(stream.Next().result().outcome(), v1::OUTCOME_CREATED);
  std::thread stop([this] { EXPECT_TRUE(app->Stop().ok()); });
  const auto end = stream.Next();  // the stream is still open on this side
  EXPECT_EQ(end.result().outcome(), v1::OUTCOME_UNSPECIFIED);
  const absl::Status ended = stream.Finish();
  EXPECT_EQ(ended.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(ended), "STOPPING");
  EXPECT_GT(RetryDelayOf(ended), absl::ZeroDuration());
  stop.join();
}

TEST_F(ArticleStreamRpc, EndsWithTheReasonWhenTheDiskIsNearlyFull) {
  config.disk_reserve_mib = int64_t{1} << 30;
  StartApp();
  ClientStream stream(*client);
  stream.Send(NewArticle("a"), "1");
  EXPECT_EQ(stream.Next().result().outcome(), v1::OUTCOME_UNSPECIFIED);
  const absl::Status ended = stream.Finish();
  EXPECT_EQ(ended.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(ended), "DISK_NEARLY_FULL");
}

}  // namespace
}  // namespace broadsheet::ingest
