#include "cli/streams.h"

#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <fstream>
#include <sstream>

#include "broadsheet/v1/search.grpc.pb.h"
#include "cli/command_line.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "support/temp_directory.h"

namespace broadsheet::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Exports three articles, and breaks off before the second the first time when told to. Watches tell of one of each.
class StreamingService : public v1::SearchService::Service {
 public:
  StreamingService() {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
  }
  ~StreamingService() override { server_->Shutdown(); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  grpc::Status ExportArticles(grpc::ServerContext*, const v1::ExportArticlesRequest* asked,
                              grpc::ServerWriter<v1::ExportArticlesResponse>* writer) override {
    requests.push_back(*asked);
    if (!refusal.ok()) return refusal;
    int next = asked->resume_token().empty() ? 1 : asked->resume_token().back() - '0' + 1;
    for (; next <= 3; ++next) {
      if (next == 2 && breaks_ > 0 && breaks_-- > 0) return {grpc::StatusCode::UNAVAILABLE, "stopping"};
      v1::ExportArticlesResponse message;
      message.mutable_article()->set_id("a-" + std::to_string(next));
      message.set_resume_token("after-" + std::to_string(next));
      writer->Write(message);
    }
    return grpc::Status::OK;
  }

  grpc::Status WatchArticles(grpc::ServerContext*, const v1::WatchArticlesRequest*,
                             grpc::ServerWriter<v1::WatchArticlesResponse>* writer) override {
    v1::WatchArticlesResponse event;
    event.set_resume_token("t");
    event.mutable_heartbeat();
    writer->Write(event);
    event.mutable_matched()->mutable_article()->set_title("Ferry\x1b[31m aground");
    writer->Write(event);
    event.mutable_withdrawn()->set_id("a-7");
    event.mutable_withdrawn()->set_reason(v1::WITHDRAWAL_REASON_DELETED);
    event.mutable_withdrawn()->set_message("wrong");
    writer->Write(event);
    return {grpc::StatusCode::FAILED_PRECONDITION, "beyond the horizon"};
  }

  std::vector<v1::ExportArticlesRequest> requests;
  grpc::Status refusal;
  int breaks_ = 0;

 private:
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

class StreamCommandsTest : public testing::Test {
 protected:
  ExitCode Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"broadsheet", "--search", service_.address()});
    std::vector<const char*> argv;
    for (const std::string& argument : arguments)
      argv.push_back(argument.c_str());
    out_.str("");
    err_.str("");
    return RunCommandLine(static_cast<int>(argv.size()), argv.data(), {in_, out_, err_});
  }

  std::string Kept() const {
    std::ifstream file(place_);
    std::string token;
    file >> token;
    return token;
  }

  support::TempDirectory directory_;
  const std::string place_ = (directory_.path() / "place").string();
  StreamingService service_;
  std::istringstream in_;
  std::ostringstream out_, err_;
};

TEST_F(StreamCommandsTest, ExportWritesLinesAndGoesOnWhenTheServiceWasAway) {
  service_.breaks_ = 1;
  EXPECT_EQ(Run({"export", "ferry", "--source", "Tidewire", "--card", "--resume-file", place_}), kAllWell);
  EXPECT_EQ(out_.str(), "{\"id\":\"a-1\"}\n{\"id\":\"a-2\"}\n{\"id\":\"a-3\"}\n");
  ASSERT_EQ(service_.requests.size(), 2u);
  EXPECT_EQ(service_.requests[0].query(), "ferry");
  EXPECT_EQ(service_.requests[0].filter().all_of().filters(0).in_values().values(0), "Tidewire");
  EXPECT_EQ(service_.requests[0].view(), v1::ARTICLE_VIEW_CARD);
  EXPECT_EQ(service_.requests[1].resume_token(), "after-1");
  EXPECT_EQ(Kept(), "after-3");
}

TEST_F(StreamCommandsTest, ExportGoesOnFromItsFile) {
  std::ofstream(place_) << "after-2\n";
  EXPECT_EQ(Run({"export", "--resume-file", place_}), kAllWell);
  EXPECT_EQ(out_.str(), "{\"id\":\"a-3\"}\n");
}

TEST_F(StreamCommandsTest, AnExportThatBreaksOffKeepsItsPlaceAndSaysSo) {
  service_.breaks_ = 1'000'000;
  EXPECT_EQ(Run({"export", "--resume-file", place_, "--patience", "0"}), kServiceFailed);
  EXPECT_EQ(Kept(), "after-1");
  EXPECT_THAT(err_.str(), HasSubstr("1 articles, not all"));
  service_.refusal = {grpc::StatusCode::INVALID_ARGUMENT, "no such token"};
  EXPECT_EQ(Run({"export", "--resume-file", place_}), kWrongUsage);
}

TEST_F(StreamCommandsTest, NothingIsKeptWhenTheOutputCannotBeWritten) {
  out_.setstate(std::ios::badbit);
  EXPECT_EQ(Run({"export", "--resume-file", place_}), kSomeFailed);
  EXPECT_EQ(Kept(), "");
}

TEST_F(StreamCommandsTest, WatchPrintsEventsForPeopleOrPrograms) {
  EXPECT_EQ(Run({"watch", "ferry", "--resume-file", place_}), kServiceFailed);
  EXPECT_EQ(out_.str(), "+ Ferry [31m aground\n    undated  \n- a-7: deleted, wrong\n");
  EXPECT_THAT(err_.str(), HasSubstr("beyond the horizon"));
  EXPECT_EQ(Kept(), "t");
  Run({"watch", "--json"});
  EXPECT_THAT(out_.str(), HasSubstr("\"withdrawn\":{\"id\":\"a-7\",\"reason\":\"WITHDRAWAL_REASON_DELETED\""));
  EXPECT_THAT(out_.str(), testing::Not(HasSubstr("heartbeat")));
}

}  // namespace
}  // namespace broadsheet::cli
