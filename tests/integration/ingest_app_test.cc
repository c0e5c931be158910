#include <gmock/gmock.h>
#include <httplib.h>

#include <CLI/CLI.hpp>
#include <future>

#include "absl/time/clock.h"
#include "common/base/logging.h"
#include "common/rpc/clients.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "integration/ingest_fixture.h"

namespace broadsheet::ingest {
namespace {

using testing::HasSubstr;
using testing::Not;

class IngestApp : public IngestFixture {};

TEST_F(IngestApp, ServesWhatWasAcknowledgedAfterARestart) {
  StartApp();
  const auto before = Ingest(NewArticle("a"));
  ASSERT_TRUE(app->Stop().ok());
  app.reset();
  StartApp();
  const auto after = Ingest(NewArticle("a"));
  EXPECT_EQ(after.outcome(), v1::OUTCOME_UNCHANGED);
  EXPECT_EQ(after.sequence(), before.sequence());
  EXPECT_EQ(after.lineage(), before.lineage());
  EXPECT_EQ(Status().index_sequence(), before.sequence());  // committed by the stop
}

TEST_F(IngestApp, RefusesADataDirectoryThatIsInUse) {
  StartApp();
  const auto second = App::Start(config, clock, {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(directory.path().string()));
  EXPECT_TRUE(Ingest(NewArticle("a")).sequence() > 0);
}

TEST_F(IngestApp, IsHealthyWhileItServes) {
  StartApp();
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckRequest request;
  request.set_service(kIngestServiceName);
  grpc::health::v1::HealthCheckResponse response;
  ASSERT_TRUE(MakeHealthClient(channel)->Check(&context, request, &response).ok());
  EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVING);
}

TEST_F(IngestApp, FinishesABatchThatRunsWhenItStops) {
  StartApp();
  v1::IngestArticlesRequest request;
  for (int i = 0; i < 1000; ++i)
    *request.add_articles() = NewArticle("b" + std::to_string(i));
  auto batch = std::async(std::launch::async, [&] { return Call(&IngestClient::IngestArticles, request); });
  auto other = MakeIngestClient(channel);
  for (int64_t written = 0; written == 0;) {
    grpc::ClientContext context;
    v1::GetIngestStatusResponse report;
    ASSERT_TRUE(other->GetIngestStatus(&context, {}, &report).ok());
    written = report.archive_sequence();
  }
  EXPECT_TRUE(app->Stop().ok());
  EXPECT_EQ(batch.get().results_size(), 1000);
  EXPECT_TRUE(status.ok()) << status;
}

TEST_F(IngestApp, CountsOutcomesAndCallsInItsMetrics) {
  config.service.metrics_listen = "127.0.0.1:0";
  StartApp();
  Ingest(NewArticle("a"));
  Ingest(NewArticle("a"), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  const auto response = httplib::Client("127.0.0.1", app->metrics_port()).Get("/metrics");
  ASSERT_TRUE(response);
  EXPECT_THAT(response->body, HasSubstr("broadsheet_ingest_outcomes_total{outcome=\"CREATED\"} 1\n"));
  EXPECT_THAT(response->body, HasSubstr("broadsheet_ingest_outcomes_total{outcome=\"UNCHANGED\"} 1\n"));
  EXPECT_THAT(response->body, HasSubstr("broadsheet_ingest_archive_sequence 1\n"));
  EXPECT_THAT(response->body, HasSubstr("broadsheet_ingest_index_sequence 1\n"));
  EXPECT_THAT(response->body, HasSubstr("grpc_server_handled_total{grpc_code=\"OK\",grpc_method=\"IngestArticle\""));
}

TEST_F(IngestApp, LogsEveryCallInOneLineAtDebugAndNoArticleText) {
  testing::internal::CaptureStderr();
  ASSERT_TRUE(StartLogging("ingest-service", LogFormat::kJson, "debug").ok());
  StartApp();
  Ingest(NewArticle("a", "Confidential words about a ferry."));
  auto stream = std::make_unique<grpc::ClientContext>();
  auto wire = client->StreamArticles(stream.get());
  v1::StreamArticlesRequest request;
  *request.mutable_article() = NewArticle("b", "Confidential words about a harbour.");
  wire->Write(request);
  wire->WritesDone();
  v1::StreamArticlesResponse response;
  while (wire->Read(&response))
    continue;
  EXPECT_TRUE(wire->Finish().ok());
  EXPECT_TRUE(app->Stop().ok());
  ASSERT_TRUE(StartLogging("ingest-service", LogFormat::kJson, "off").ok());
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr("\"method\":\"IngestArticle\",\"code\":\"OK\""));
  EXPECT_THAT(log, HasSubstr("\"method\":\"StreamArticles\",\"code\":\"OK\""));
  EXPECT_THAT(log, Not(HasSubstr("Confidential")));
  EXPECT_THAT(log, Not(HasSubstr("Harbour report")));
}

TEST_F(IngestApp, RebuildsItsIndexFromTheArchive) {
  StartApp();
  for (int i = 0; i < 20; ++i)
    Ingest(NewArticle("a" + std::to_string(i)));
  Delete("a3");
  EXPECT_EQ(RunRebuild(config, clock).code(), absl::StatusCode::kFailedPrecondition);  // it runs
  ASSERT_TRUE(app->Stop().ok());
  app.reset();
  std::filesystem::remove_all(config.index_directory());
  const absl::Status rebuilt = RunRebuild(config, clock);
  ASSERT_TRUE(rebuilt.ok()) << rebuilt;
  StartApp();
  EXPECT_EQ(Status().index_sequence(), 21);
}

TEST_F(IngestApp, SealsWhatIsWorthItWhenNothingComesForAsLongAsTheFlagSays) {
  CLI::App flags;
  AddIngestFlags(flags, config);
  flags.parse("--data-dir unused --hot-shard-articles 40 --seal-quiet-seconds 1");
  StartApp();
  for (int i = 0; i < 6; ++i)
    Ingest(NewArticle("a" + std::to_string(i)));
  const absl::Time end = absl::Now() + absl::Seconds(30);
  while (Status().index_shards().sealed() == 0 && absl::Now() < end)
    absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(Status().index_shards().sealed(), 1);
}

TEST_F(IngestApp, KeepsArticlesForSoManyDaysOnly) {
  const auto published = [](const std::string& id, int days_ago) {
    v1::RawArticle article = NewArticle(id);
    article.mutable_published_time()->set_seconds(absl::ToUnixSeconds(absl::Now() - absl::Hours(24 * days_ago)));
    return article;
  };
  StartApp();
  EXPECT_EQ(Ingest(published("last-year", 300)).outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(Ingest(published("last-week", 6)).outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(Ingest(NewArticle("undated")).outcome(), v1::OUTCOME_CREATED);
  EXPECT_EQ(Status().limits().retention_days(), 0);
  app.reset();

  CLI::App flags;
  AddIngestFlags(flags, config);
  flags.parse("--data-dir unused --retention-days 30");
  StartApp();
  EXPECT_EQ(Status().limits().retention_days(), 30);
  const v1::IngestResult old = Ingest(published("last-month", 40));
  EXPECT_EQ(old.outcome(), v1::OUTCOME_REJECTED);
  EXPECT_EQ(old.reason(), v1::REASON_PAST_RETENTION);
  EXPECT_EQ(old.field(), "published_time");
  EXPECT_THAT(old.message(), HasSubstr("30 days"));
  EXPECT_EQ(Ingest(published("yesterday", 1)).outcome(), v1::OUTCOME_CREATED);
  const absl::Time end = absl::Now() + absl::Seconds(30);
  const auto shards = [this] { return Status().index_shards(); };
  while ((shards().expired() == 0 || shards().hot_documents() != 3) && absl::Now() < end)
    absl::SleepFor(absl::Milliseconds(20));
  EXPECT_EQ(shards().expired(), 1);
  EXPECT_EQ(shards().hot_documents(), 3);
  EXPECT_EQ(Status().articles(), 4) << "the archive keeps it";
  app.reset();

  ASSERT_TRUE(RunRebuild(config, clock).ok());
  StartApp();
  EXPECT_EQ(shards().hot_documents(), 3);
  EXPECT_EQ(shards().expired(), 0);
}

TEST_F(IngestApp, RefusesWrongSettingsWithExitCodeTwo) {
  const char* const arguments[] = {"ingest-service", "--max-text-bytes", "0"};
  testing::internal::CaptureStderr();
  EXPECT_EQ(RunIngestService(3, arguments), 2);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("--max-text-bytes"));
}

}  // namespace
}  // namespace broadsheet::ingest
