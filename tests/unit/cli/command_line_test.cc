#include "cli/command_line.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "cli/json.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "unit/cli/fake_ingest_service.h"

namespace broadsheet::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

class CommandLineTest : public testing::Test {
 protected:
  CommandLineTest() : folder_(fs::path(testing::TempDir()) / "command_line") {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }

  ExitCode Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"broadsheet", "--ingest", service_.address()});
    std::vector<const char*> argv;
    for (const std::string& argument : arguments) {
      argv.push_back(argument.c_str());
    }
    out_.str("");
    err_.str("");
    return RunCommandLine(static_cast<int>(argv.size()), argv.data(), {in_, out_, err_});
  }

  FakeIngestService service_;
  fs::path folder_;
  std::istringstream in_;
  std::ostringstream out_, err_;
};

TEST_F(CommandLineTest, CountsOutcomesAndExitsWithZeroWhenAllWasTaken) {
  in_.str("{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"a\", \"text\": \"x\"}\n");
  EXPECT_EQ(Run({"ingest", "-"}), kAllWell);
  EXPECT_THAT(out_.str(), HasSubstr("1 created, 1 unchanged"));
}

TEST_F(CommandLineTest, WritesRejectedArticlesWithReasonAndRequest) {
  const std::string file = folder_ / "bad.jsonl";
  in_.str("{\"id\": \"a\"}\n{\"id\": \"b\", \"text\": \"x\"}\nnonsense\n");
  EXPECT_EQ(Run({"ingest", "-", "--rejected", file}), kSomeFailed);
  EXPECT_THAT(out_.str(), HasSubstr("1 created, 2 rejected"));
  EXPECT_THAT(err_.str(), HasSubstr("standard input:1: REASON_EMPTY_CONTENT: there is no content"));
  EXPECT_THAT(err_.str(), HasSubstr("standard input:3: UNREADABLE: "));
  std::ifstream written(file);
  const std::string text{std::istreambuf_iterator<char>(written), {}};
  EXPECT_THAT(text, HasSubstr(R"("reason":"REASON_EMPTY_CONTENT")"));
  EXPECT_THAT(text, HasSubstr(R"("reason":"UNREADABLE")"));
  EXPECT_THAT(text, HasSubstr(R"("article":{"id":"a"})"));
}

TEST_F(CommandLineTest, WritesEveryResultWhenAsked) {
  const std::string file = folder_ / "results.jsonl";
  in_.str("{\"id\": \"a\"}\n{\"id\": \"b\", \"text\": \"x\"}\n");
  EXPECT_EQ(Run({"ingest", "-", "--results", file}), kSomeFailed);
  std::ifstream written(file);
  const std::string text{std::istreambuf_iterator<char>(written), {}};
  EXPECT_THAT(text, HasSubstr(R"({"origin":"standard input:2","result":{"outcome":"OUTCOME_CREATED","articleId":"b")"));
  EXPECT_THAT(text, HasSubstr("OUTCOME_REJECTED"));
}

TEST_F(CommandLineTest, RefusesItselfWhatIsLargerThanARequestMayBe) {
  in_.str("{\"text\": \"" + std::string(5 << 20, 'x') + "\"}\n{\"id\": \"b\", \"text\": \"x\"}\n");
  EXPECT_EQ(Run({"ingest", "-"}), kSomeFailed);
  EXPECT_THAT(err_.str(), HasSubstr("REASON_CONTENT_TOO_LARGE"));
  EXPECT_THAT(out_.str(), HasSubstr("1 created, 1 rejected"));
}

TEST_F(CommandLineTest, WrongUsageIsTwo) {
  EXPECT_EQ(Run({}), kWrongUsage);
  EXPECT_EQ(Run({"ingest"}), kWrongUsage);
  EXPECT_EQ(Run({"ingest", "/no/such/file"}), kWrongUsage);
  EXPECT_EQ(Run({"search", "--order", "best"}), kWrongUsage);
  EXPECT_EQ(Run({"health", "neither"}), kWrongUsage);
}

TEST_F(CommandLineTest, HelpTeachesByExample) {
  EXPECT_EQ(Run({"--help"}), kAllWell);
  EXPECT_THAT(out_.str(), HasSubstr("broadsheet ingest feed.jsonl --rejected bad.jsonl"));
  EXPECT_EQ(Run({"ingest", "--help"}), kAllWell);
  EXPECT_THAT(out_.str(), HasSubstr("\"deletion\""));
}

TEST_F(CommandLineTest, WhatFindsMoreNamesWhatIsMissing) {
  EXPECT_EQ(Run({"similar"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("the id of an article, or --text"));
  EXPECT_EQ(Run({"similar", "a", "--text", "b"}), kWrongUsage);
  EXPECT_EQ(Run({"suggest"}), kWrongUsage);
  EXPECT_EQ(Run({"suggest", "a", "--kind", "verse"}), kWrongUsage);
  EXPECT_EQ(Run({"trends", "--since", "2025-01-01"}), kWrongUsage);
  EXPECT_EQ(Run({"trends", "--since", "2025-01-01", "--until", "tomorrow"}), kWrongUsage);
  EXPECT_THAT(err_.str(), HasSubstr("--until"));
  EXPECT_EQ(Run({"about", "x", "--since", "never"}), kWrongUsage);
  EXPECT_EQ(Run({"--search", "127.0.0.1:1", "about", "x"}), kServiceFailed);
}

TEST_F(CommandLineTest, AServiceThatIsNotThereIsNamedWithItsAddress) {
  EXPECT_EQ(Run({"--search", "127.0.0.1:1", "search", "x"}), kServiceFailed);
  EXPECT_THAT(err_.str(), HasSubstr("127.0.0.1:1; --search or BROADSHEET_SEARCH"));
  EXPECT_EQ(Run({"--search", "127.0.0.1:1", "health", "search"}), kSomeFailed);
}

}  // namespace
}  // namespace broadsheet::cli
