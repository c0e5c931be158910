#include "common/rpc/server_stream.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <thread>

#include "broadsheet/v1/ingest.grpc.pb.h"
#include "common/base/error.h"
#include "common/rpc/clients.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/server.h"

namespace broadsheet {
namespace {

using Message = v1::ReplayArticlesResponse;
using Step = StreamStep<Message>;

constexpr char kService[] = "broadsheet.v1.IngestService";
constexpr auto kLong = std::chrono::seconds(30);  // of a test that fails; none that passes takes so long

Message Numbered(int64_t number) {
  Message message;
  message.mutable_progress()->set_done(number);
  return message;
}

class Source : public StreamSource<Message> {
 public:
  explicit Source(std::function<Step(const CallContext&)> next) : next_(std::move(next)) {}
  Step Next(const CallContext& context) override { return next_(context); }

 private:
  const std::function<Step(const CallContext&)> next_;
};

class ServerStreamTest : public ::testing::Test {
 protected:
  class Service : public v1::IngestService::CallbackService {
   public:
    explicit Service(ServerStreamTest& test) : test_(test) {}
    grpc::ServerWriteReactor<Message>* ReplayArticles(grpc::CallbackServerContext* context,
                                                      const v1::ReplayArticlesRequest*) override {
      return ServerStream<Message>::Start(test_.group_, test_.calls_, "ReplayArticles", context,
                                          std::make_unique<Source>(test_.next_));
    }

   private:
    ServerStreamTest& test_;
  };

  struct Client {
    explicit Client(IngestClient& ingest) : stream(ingest.ReplayArticles(&context, {})) {}
    // The numbers of what comes until the end.
    std::vector<int64_t> ReadAll() {
      std::vector<int64_t> numbers;
      for (Message message; stream->Read(&message);)
        numbers.push_back(message.progress().done());
      status = FromGrpcStatus(stream->Finish());
      return numbers;
    }
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReader<Message>> stream;
    absl::Status status;
  };

  static bool Eventually(const std::function<bool()>& holds) {
    const auto until = std::chrono::steady_clock::now() + kLong;
    while (!holds()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
  }

  void TearDown() override { release_ = true; }

  std::atomic<bool> release_{false};
  std::function<Step(const CallContext&)> next_;
  Metrics metrics_;
  Executor executor_{2, 4};
  ServiceCalls calls_{kService, executor_, metrics_, {}};
  StreamTurns turns_{executor_, 1};
  StreamGroup group_{turns_, "replays", 2};
  Service service_{*this};
  std::unique_ptr<Server> server_ = *Server::Start({}, {{kService, &service_}});
  std::unique_ptr<IngestClient> ingest_ =
      MakeIngestClient(grpc::CreateChannel(server_->address(), grpc::InsecureChannelCredentials()));
};

TEST_F(ServerStreamTest, SendsWhatTheTurnsMakeInTheirOrderAndEndsAsTheySay) {
  std::atomic<int64_t> number{0};
  next_ = [&](const CallContext&) {
    Step step;
    for (int i = 0; i < 3; ++i)
      step.messages.push_back(Numbered(number++));
    if (number == 300) step.state.end = ErrorWithReason(absl::StatusCode::kDataLoss, "TORN", "the end is torn off");
    return step;
  };
  Client client(*ingest_);
  const auto numbers = client.ReadAll();
  ASSERT_EQ(numbers.size(), 300u);
  for (int64_t i = 0; i < 300; ++i)
    EXPECT_EQ(numbers[i], i);
  EXPECT_EQ(ReasonOf(client.status), "TORN");
  EXPECT_TRUE(Eventually([&] { return group_.open() == 0; }));
}

TEST_F(ServerStreamTest, AReaderWhoDoesNotReadCostsNoTurns) {
  std::atomic<int> turns{0};
  next_ = [&](const CallContext&) {
    Message large = Numbered(turns++);
    large.set_token(std::string(256 << 10, 'x'));
    return Step{{large}, {}};
  };
  Client client(*ingest_);
  ASSERT_TRUE(Eventually([&] { return turns > 0; }));
  int before = -1;
  ASSERT_TRUE(Eventually([&] {  // the windows of the connection are full
    const int now = turns;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    return std::exchange(before, now) == now;
  }));
  EXPECT_LT(turns, 200);
  const int stood = turns;
  for (Message message; before > 0 && client.stream->Read(&message); --before) {
  }
  EXPECT_TRUE(Eventually([&] { return turns > stood; })) << "it goes on when it is read again";
  client.context.TryCancel();
  EXPECT_TRUE(Eventually([&] { return group_.open() == 0; }));
}

// A cancellation drops what waits to be written while the next message may be on its way out.
TEST_F(ServerStreamTest, ACallerMayLeaveInTheMiddleOfAMessage) {
  next_ = [](const CallContext&) {
    Step step;
    for (int i = 0; i < 8; ++i) {
      step.messages.push_back(Numbered(i));
      step.messages.back().set_token(std::string(4 << 10, 'x'));
    }
    return step;
  };
  for (int leaving = 0; leaving < 400; ++leaving) {
    Client client(*ingest_);
    Message message;
    for (int i = 0; i <= leaving % 16; ++i)
      ASSERT_TRUE(client.stream->Read(&message));
    client.context.TryCancel();
    client.ReadAll();
    EXPECT_EQ(client.status.code(), absl::StatusCode::kCancelled) << client.status;
    ASSERT_TRUE(Eventually([&] { return group_.open() == 0; }));
  }
}

TEST_F(ServerStreamTest, MoreThanTheCapacityAreRefusedWithADelay) {
  next_ = [](const CallContext&) { return Step{{}, {.end = std::nullopt, .wait_until = absl::InfiniteFuture()}}; };
  Client first(*ingest_), second(*ingest_);
  ASSERT_TRUE(Eventually([&] { return group_.open() == 2; }));
  Client third(*ingest_);
  third.ReadAll();
  EXPECT_EQ(third.status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(third.status), "TOO_MANY_STREAMS");
  EXPECT_GT(RetryDelayOf(third.status), absl::ZeroDuration());
  first.context.TryCancel();
  ASSERT_TRUE(Eventually([&] { return group_.open() == 1; })) << "a place is given back";
  Client fourth(*ingest_);
  EXPECT_TRUE(Eventually([&] { return group_.open() == 2; }));
  second.context.TryCancel();
  fourth.context.TryCancel();
}

TEST_F(ServerStreamTest, WaitsWithoutATurnUntilItsTimeOrUntilItIsWoken) {
  std::atomic<int> turns{0};
  next_ = [&](const CallContext&) {
    const int turn = ++turns;
    const absl::Time until = turn == 1 ? absl::Now() + absl::Milliseconds(50) : absl::InfiniteFuture();
    if (turn == 3) return Step{{Numbered(turn)}, {.end = absl::OkStatus(), .wait_until = absl::InfinitePast()}};
    return Step{{}, {.end = std::nullopt, .wait_until = until}};
  };
  Client client(*ingest_);
  ASSERT_TRUE(Eventually([&] { return turns == 2; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(turns, 2);
  group_.WakeAll();
  EXPECT_THAT(client.ReadAll(), ::testing::ElementsAre(3));
  EXPECT_TRUE(client.status.ok()) << client.status;
}

TEST_F(ServerStreamTest, ATurnWaitsWhileTheExecutorIsFull) {
  next_ = [](const CallContext&) {
    return Step{{Numbered(1)}, {.end = absl::OkStatus(), .wait_until = absl::InfinitePast()}};
  };
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(Eventually([&] {
      return executor_.TrySubmit([this] {
        while (!release_)
          std::this_thread::sleep_for(std::chrono::milliseconds(1));
      });
    }));
    if (i < 2) {
      ASSERT_TRUE(Eventually([&] { return executor_.queued() == 0; }));
    }
  }
  ASSERT_EQ(executor_.queued(), 4u);
  Client client(*ingest_);
  ASSERT_TRUE(Eventually([&] { return turns_.waiting() == 1; }));
  release_ = true;
  EXPECT_THAT(client.ReadAll(), ::testing::ElementsAre(1));
}

TEST_F(ServerStreamTest, EndingTheGroupEndsItsStreamsAndRefusesNewOnes) {
  next_ = [](const CallContext&) { return Step{{}, {.end = std::nullopt, .wait_until = absl::InfiniteFuture()}}; };
  Client client(*ingest_);
  ASSERT_TRUE(Eventually([&] { return group_.open() == 1; }));
  group_.End(absl::UnavailableError("the service is stopping"));
  client.ReadAll();
  EXPECT_TRUE(absl::IsUnavailable(client.status)) << client.status;
  Client late(*ingest_);
  late.ReadAll();
  EXPECT_TRUE(absl::IsUnavailable(late.status)) << late.status;
}

TEST_F(ServerStreamTest, TheDeadlineEndsATurnThatHeedsItAndTheStream) {
  std::atomic<bool> heeded{false};
  next_ = [&](const CallContext& context) {
    while (!context.Expired())
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    heeded = true;
    return Step{{Numbered(1)}, {}};
  };
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(100));
  auto stream = ingest_->ReplayArticles(&context, {});
  Message message;
  EXPECT_FALSE(stream->Read(&message));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_TRUE(Eventually([&] { return group_.open() == 0; }));
  EXPECT_TRUE(heeded);
}

TEST_F(ServerStreamTest, TheServerStopsWithStreamsOpen) {
  next_ = [](const CallContext&) { return Step{{Numbered(1)}, {}}; };
  Client client(*ingest_);
  Message message;
  ASSERT_TRUE(client.stream->Read(&message));
  server_->Shutdown(absl::Milliseconds(50));
  EXPECT_EQ(group_.open(), 0u);
}

}  // namespace
}  // namespace broadsheet
