#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <signal.h>

#include "ingest/app.h"
#include "lock_gate.h"
#include "support/service_process.h"
#include "support/temp_directory.h"

// Real processes: a replay that is killed by kill -9 goes on from its token, and nothing is lost.
namespace broadsheet {
namespace {

using ::testing::IsEmpty;

constexpr int kArticles = 200;

std::string IdOf(int i) {
  return "a-" + std::to_string(i);
}

class KilledReplayTest : public ::testing::Test {
 protected:
  // An archive as an older version of the rules made it: every title wrong.
  void FillByOldRules() {
    const SystemClock clock;
    ingest::IngestConfig config;
    config.service.listen = "127.0.0.1:0";
    config.service.threads = 2;
    config.data_directory = directory_.path();
    config.drain_grace = absl::ZeroDuration();
    ingest::App::Hooks hooks;
    hooks.prepare = [](const v1::RawArticle& raw, absl::Time received) {
      auto prepared = ingest::Prepare(raw, {}, received);
      auto& article = std::get<ingest::EnrichedArticle>(prepared).article;
      article.set_title("Old rules");
      article.set_normaliser_version(0);
      return prepared;
    };
    auto app = ingest::App::Start(config, clock, hooks).value();
    auto client = MakeIngestClient(grpc::CreateChannel(app->address(), grpc::InsecureChannelCredentials()));
    grpc::ClientContext context;
    v1::IngestArticlesRequest request;
    for (int i = 0; i < kArticles; ++i)
      *request.add_articles() = Report(IdOf(i));
    v1::IngestArticlesResponse response;
    ASSERT_TRUE(client->IngestArticles(&context, request, &response).ok());
    ASSERT_TRUE(app->Stop().ok());
  }

  // The last message that came; the replay may have been cut off.
  static v1::ReplayArticlesResponse Replay(support::IngestProcess& ingest, v1::ReplayArticlesRequest request,
                                           int kill_after) {
    grpc::ClientContext context;
    auto stream = ingest.client().ReplayArticles(&context, request);
    v1::ReplayArticlesResponse last, message;
    for (int messages = 1; stream->Read(&message); ++messages) {
      last.Swap(&message);
      if (messages == kill_after) ingest.process().End(SIGKILL);
    }
    stream->Finish();
    return last;
  }

  support::TempDirectory directory_;
};

TEST_F(KilledReplayTest, GoesOnFromItsTokenAndLosesNothing) {
  FillByOldRules();
  v1::ReplayArticlesRequest request;
  {
    support::IngestProcess ingest(directory_.path());
    request.set_articles_per_second(400);
    const auto last = Replay(ingest, request, 3);
    ASSERT_FALSE(last.finished());
    EXPECT_GT(last.progress().changed(), 0);
    request.set_start_after(last.token());
  }
  support::IngestProcess ingest(directory_.path());
  const auto rest = Replay(ingest, request, 0);
  EXPECT_TRUE(rest.finished());
  request.clear_start_after();
  request.set_articles_per_second(0);
  request.set_dry_run(true);
  const auto checked = Replay(ingest, request, 0);
  EXPECT_EQ(checked.progress().unchanged(), kArticles);

  grpc::ClientContext asking;
  v1::GetIngestStatusResponse status;
  ASSERT_TRUE(ingest.client().GetIngestStatus(&asking, {}, &status).ok());
  EXPECT_EQ(status.archive_sequence(), 2 * kArticles);  // one row more for each article, however often it was cut off
  EXPECT_EQ(status.articles(), kArticles);
  support::SearchProcess search(directory_.path());
  EXPECT_THAT(Find(search.client(), "title:old", status.archive_sequence()), IsEmpty());
  EXPECT_EQ(Find(search.client(), "title:tessel", status.archive_sequence()).size(), 10u);
}

}  // namespace
}  // namespace broadsheet
