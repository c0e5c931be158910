#include "cli/replay.h"

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <sstream>

#include "broadsheet/v1/ingest.grpc.pb.h"
#include "cli/command_line.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace broadsheet::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// Answers every replay with two messages, then with `end`.
class ReplayingService : public v1::IngestService::Service {
 public:
  ReplayingService() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~ReplayingService() override { server_->Shutdown(); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  grpc::Status ReplayArticles(grpc::ServerContext*, const v1::ReplayArticlesRequest* asked,
                              grpc::ServerWriter<v1::ReplayArticlesResponse>* writer) override {
    request = *asked;
    v1::ReplayArticlesResponse message;
    message.set_token("token-1");
    v1::ReplayedArticle& article = *message.add_articles();
    article.set_article_id("a-1");
    article.set_outcome(v1::REPLAY_OUTCOME_CHANGED);
    article.add_changed_fields("title");
    article.set_title_before("Ferry late\x1b[31m");
    article.set_title_after("Ferry on time");
    article.add_removed("Share this");
    message.mutable_progress()->set_done(16);
    message.mutable_progress()->set_changed(1);
    writer->Write(message);
    message.clear_articles();
    message.set_token("token-2");
    message.mutable_progress()->set_done(20);
    message.mutable_progress()->set_rejected(rejected);
    v1::RuleCount& rule = *message.add_rules();
    rule.set_rule("share-line");
    rule.set_edits(3);
    rule.set_articles(1);
    rule.set_bytes_cut(30);
    message.set_finished(end.ok());
    writer->Write(message);
    return end;
  }

  v1::ReplayArticlesRequest request;
  grpc::Status end;
  int rejected = 0;

 private:
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

class ReplayCommandTest : public testing::Test {
 protected:
  ExitCode Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"broadsheet", "--ingest", service_.address(), "replay"});
    std::vector<const char*> argv;
    for (const std::string& argument : arguments)
      argv.push_back(argument.c_str());
    out_.str("");
    err_.str("");
    return RunCommandLine(static_cast<int>(argv.size()), argv.data(), {in_, out_, err_});
  }

  ReplayingService service_;
  std::istringstream in_;
  std::ostringstream out_, err_;
};

TEST_F(ReplayCommandTest, SumsUpWhatChangedByRule) {
  EXPECT_EQ(Run({}), kAllWell);
  EXPECT_THAT(out_.str(), HasSubstr("20 articles looked at: 1 changed, 0 confirmed"));
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("share-line"), HasSubstr("3 edits in 1 articles, 30 bytes out")));
  EXPECT_THAT(out_.str(), Not(HasSubstr("Ferry")));
  EXPECT_FALSE(service_.request.dry_run());
  EXPECT_EQ(Run({"--dry-run"}), kAllWell);
  EXPECT_THAT(out_.str(), HasSubstr("nothing written: 1 would change"));
  EXPECT_TRUE(service_.request.dry_run());
}

TEST_F(ReplayCommandTest, ShowsEachChangeWhenAsked) {
  EXPECT_EQ(Run({"--changes"}), kAllWell);
  EXPECT_THAT(out_.str(), HasSubstr("a-1: changed in title\n"));
  EXPECT_THAT(out_.str(), HasSubstr("-> \"Ferry on time\""));
  EXPECT_THAT(out_.str(), HasSubstr("    - Share this\n"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("\x1b")));
}

TEST_F(ReplayCommandTest, PassesOnEveryFilter) {
  EXPECT_EQ(Run({"--id",
                 "a",
                 "--id",
                 "b",
                 "--source",
                 "Tidewire",
                 "--since",
                 "2025-06-01",
                 "--ingested-until",
                 "2025-06-02T00:00:00Z",
                 "--from-sequence",
                 "5",
                 "--to-sequence",
                 "9",
                 "--older-than",
                 "2",
                 "--rate",
                 "50",
                 "--start-after",
                 "t"}),
            kAllWell);
  const v1::ReplayFilter& filter = service_.request.filter();
  EXPECT_THAT(filter.ids(), ElementsAre("a", "b"));
  EXPECT_THAT(filter.sources(), ElementsAre("Tidewire"));
  EXPECT_EQ(filter.published_start().seconds(), 1'748'736'000);
  EXPECT_FALSE(filter.has_published_end());
  EXPECT_EQ(filter.ingested_end().seconds(), 1'748'822'400);
  EXPECT_EQ(filter.min_sequence(), 5);
  EXPECT_EQ(filter.max_sequence(), 9);
  EXPECT_EQ(filter.normaliser_version_below(), 2);
  EXPECT_EQ(service_.request.articles_per_second(), 50);
  EXPECT_EQ(service_.request.start_after(), "t");
  EXPECT_EQ(Run({"--since", "yesterday"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("--since"));
}

TEST_F(ReplayCommandTest, TellsHowToGoOnWhenItBroke) {
  service_.end = grpc::Status(grpc::StatusCode::UNAVAILABLE, "stopping");
  EXPECT_EQ(Run({}), kServiceFailed);
  EXPECT_THAT(err_.str(), HasSubstr("--start-after token-2"));
  service_.end = grpc::Status::OK;
  service_.rejected = 1;
  EXPECT_EQ(Run({}), kSomeFailed);
}

TEST_F(ReplayCommandTest, JsonGivesEachMessageWithItsToken) {
  EXPECT_EQ(Run({"--json"}), kAllWell);
  EXPECT_THAT(out_.str(), HasSubstr(R"("token":"token-1")"));
  EXPECT_THAT(out_.str(), HasSubstr(R"("finished":true)"));
  EXPECT_THAT(out_.str(), Not(HasSubstr("looked at")));
}

}  // namespace
}  // namespace broadsheet::cli
