#include "common/rpc/unary_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "absl/synchronization/notification.h"
#include "common/base/error.h"
#include "common/base/logging.h"
#include "common/rpc/grpc_status.h"
#include "unit/common/rpc/probe_service.h"

namespace broadsheet {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(UnaryCall, AnswersWithTheResponseOfTheHandler) {
  ProbeService service(1, 1);
  service.on_status = [](const CallContext&) {
    v1::GetIngestStatusResponse made;
    made.set_lineage("L");
    return made;
  };
  ProbeServer server(service);
  grpc::ClientContext context;
  v1::GetIngestStatusResponse response;
  ASSERT_TRUE(server.client->GetIngestStatus(&context, {}, &response).ok());
  EXPECT_EQ(response.lineage(), "L");
}

TEST(UnaryCall, AnswersWithTheErrorOfTheHandlerAndItsDetails) {
  ProbeService service(1, 1);
  service.on_status = [](const CallContext&) { return InvalidField("ID", "id", "must not be empty"); };
  ProbeServer server(service);
  const absl::Status status = FromGrpcStatus(server.GetStatus());
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "ID");
  ASSERT_EQ(FieldViolationsOf(status).size(), 1u);
  EXPECT_EQ(FieldViolationsOf(status)[0].field, "id");
}

TEST(UnaryCall, RefusesAtOnceWhenTheQueueIsFull) {
  ProbeService service(1, 1);
  absl::Notification started, release;
  std::atomic<int> runs{0};
  service.on_status = [&](const CallContext&) {
    if (runs++ == 0) started.Notify();
    release.WaitForNotification();
    return v1::GetIngestStatusResponse();
  };
  ProbeServer server(service);
  auto running = std::async(std::launch::async, [&] { return server.GetStatus(); });
  started.WaitForNotification();
  auto queued = std::async(std::launch::async, [&] { return server.GetStatus(); });
  while (service.executor.queued() == 0)
    std::this_thread::yield();

  const absl::Status refused = FromGrpcStatus(server.GetStatus());  // answered while both others still wait
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused), "QUEUE_FULL");
  EXPECT_GT(RetryDelayOf(refused), absl::ZeroDuration());

  release.Notify();
  EXPECT_TRUE(running.get().ok());
  EXPECT_TRUE(queued.get().ok());
  EXPECT_EQ(runs, 2);
}

TEST(UnaryCall, TellsRunningWorkThatItsCallerIsGone) {
  ProbeService service(1, 1);
  absl::Notification started, noticed;
  service.on_status = [&](const CallContext& call) -> absl::StatusOr<v1::GetIngestStatusResponse> {
    started.Notify();
    while (!call.cancelled())
      std::this_thread::yield();
    noticed.Notify();
    return ExpiredStatus(call);
  };
  ProbeServer server(service);
  grpc::ClientContext context;
  v1::GetIngestStatusResponse response;
  auto call = std::async(std::launch::async, [&] { return server.client->GetIngestStatus(&context, {}, &response); });
  started.WaitForNotification();
  context.TryCancel();
  EXPECT_EQ(call.get().error_code(), grpc::StatusCode::CANCELLED);
  noticed.WaitForNotification();
}

TEST(UnaryCall, DropsQueuedWorkWhoseCallerIsGone) {
  ProbeService service(1, 4);
  absl::Notification started, release;
  std::atomic<int> runs{0};
  service.on_status = [&](const CallContext&) {
    if (runs++ == 0) started.Notify();
    release.WaitForNotification();
    return v1::GetIngestStatusResponse();
  };
  ProbeServer server(service);
  auto running = std::async(std::launch::async, [&] { return server.GetStatus(); });
  started.WaitForNotification();
  EXPECT_EQ(server.GetStatus(std::chrono::milliseconds(50)).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_EQ(service.executor.queued(), 1u);
  absl::SleepFor(absl::Milliseconds(100));  // the server learns of the deadline a little later than the client
  release.Notify();
  EXPECT_TRUE(running.get().ok());
  server.server->Shutdown(absl::InfiniteDuration());  // until the dropped call is answered too
  EXPECT_EQ(runs, 1);
}

TEST(UnaryCall, ClampsTheDeadline) {
  ProbeService service(1, 1, {.max_deadline = absl::Seconds(5)});
  std::promise<absl::Time> seen;
  service.on_status = [&](const CallContext& call) {
    seen.set_value(call.deadline());
    return v1::GetIngestStatusResponse();
  };
  ProbeServer server(service);
  ASSERT_TRUE(server.GetStatus(std::chrono::hours(1)).ok());
  EXPECT_LE(seen.get_future().get(), absl::Now() + absl::Seconds(5));
}

TEST(UnaryCall, KeepsAShorterDeadlineOfTheCaller) {
  ProbeService service(1, 1, {.max_deadline = absl::Hours(1)});
  std::promise<absl::Time> seen;
  service.on_status = [&](const CallContext& call) {
    seen.set_value(call.deadline());
    return v1::GetIngestStatusResponse();
  };
  ProbeServer server(service);
  ASSERT_TRUE(server.GetStatus(std::chrono::seconds(30)).ok());
  EXPECT_LE(seen.get_future().get(), absl::Now() + absl::Seconds(31));
}

TEST(UnaryCall, CanBeAnsweredLaterFromAnyThreadAndOnlyOnce) {
  ProbeService service(1, 1);
  std::promise<std::shared_ptr<Call>> parked;
  service.on_delete = [&](std::shared_ptr<Call> call) { parked.set_value(std::move(call)); };
  ProbeServer server(service);
  auto answer = std::async(std::launch::async, [&] {
    grpc::ClientContext context;
    v1::DeleteArticleResponse response;
    return server.client->DeleteArticle(&context, {}, &response);
  });
  auto call = parked.get_future().get();
  call->Finish(absl::AbortedError("first"));
  call->Finish(absl::OkStatus());
  EXPECT_EQ(answer.get().error_message(), "first");
}

TEST(UnaryCall, WakesAParkedCallWhenItsCallerLeaves) {
  ProbeService service(1, 1);
  absl::Notification parked, woken;
  std::shared_ptr<Call> kept;
  service.on_delete = [&](std::shared_ptr<Call> call) {
    kept = call;
    call->WhenCancelled([&] { woken.Notify(); });
    parked.Notify();
  };
  ProbeServer server(service);
  grpc::ClientContext context;
  v1::DeleteArticleResponse response;
  auto answer = std::async(std::launch::async, [&] { return server.client->DeleteArticle(&context, {}, &response); });
  parked.WaitForNotification();
  context.TryCancel();
  woken.WaitForNotification();
  kept->Finish(ExpiredStatus(kept->context()));
  EXPECT_EQ(answer.get().error_code(), grpc::StatusCode::CANCELLED);
}

TEST(UnaryCall, AnswersInternalWhenTheCallIsDropped) {
  ProbeService service(1, 1);
  service.on_delete = [](std::shared_ptr<Call>) {};
  ProbeServer server(service);
  grpc::ClientContext context;
  v1::DeleteArticleResponse response;
  EXPECT_EQ(server.client->DeleteArticle(&context, {}, &response).error_code(), grpc::StatusCode::INTERNAL);
}

// Runs `body` and returns what it wrote to the log.
template <typename Body>
std::string LogOf(Body body, std::string_view level = "info") {
  testing::internal::CaptureStderr();
  EXPECT_TRUE(StartLogging("probe", LogFormat::kJson, level).ok());
  body();
  EXPECT_TRUE(StartLogging("probe", LogFormat::kJson, "off").ok());
  return testing::internal::GetCapturedStderr();
}

TEST(UnaryCall, IsLoggedInOneLineWithTheRequestIdAndWithoutItsText) {
  const std::string log = LogOf([] {
    ProbeService service(1, 1);
    service.on_status = [](const CallContext&) { return InvalidField("ID", "id", "secret words"); };
    ProbeServer server(service);
    server.GetStatus(std::chrono::seconds(30), "7");
    server.server->Shutdown(absl::InfiniteDuration());
  });
  const size_t line = log.find("\"msg\":\"call\"");
  ASSERT_NE(line, std::string::npos) << log;
  EXPECT_EQ(log.find("\"msg\":\"call\"", line + 1), std::string::npos);
  EXPECT_THAT(log, HasSubstr("\"method\":\"GetIngestStatus\""));
  EXPECT_THAT(log, HasSubstr("\"code\":\"INVALID_ARGUMENT\""));
  EXPECT_THAT(log, HasSubstr("\"reason\":\"ID\""));
  EXPECT_THAT(log, HasSubstr("\"duration_ms\":"));
  EXPECT_THAT(log, HasSubstr("\"peer\":\"ipv4:127.0.0.1:"));
  EXPECT_THAT(log, Not(HasSubstr("secret")));
}

TEST(UnaryCall, OneThatEndsWellIsLoggedAtDebugWithTheRequestIdOfTheCaller) {
  const auto call = [] {
    ProbeService service(1, 1);
    ProbeServer server(service);
    EXPECT_TRUE(server.GetStatus(std::chrono::seconds(30), "from-the-caller").ok());
    server.server->Shutdown(absl::InfiniteDuration());
  };
  EXPECT_THAT(LogOf(call, "debug"), HasSubstr("\"request_id\":\"from-the-caller\""));
  EXPECT_THAT(LogOf(call, "info"), Not(HasSubstr("\"msg\":\"call\"")));
}

TEST(UnaryCall, ASlowOneIsLogged) {
  const std::string log = LogOf([] {
    ProbeService service(1, 1);
    service.on_status = [](const CallContext&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1'001));
      return v1::GetIngestStatusResponse();
    };
    ProbeServer server(service);
    server.GetStatus();
    server.server->Shutdown(absl::InfiniteDuration());
  });
  EXPECT_THAT(log, HasSubstr("\"code\":\"OK\""));
}

}  // namespace
}  // namespace broadsheet
