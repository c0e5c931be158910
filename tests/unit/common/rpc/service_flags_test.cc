#include "common/rpc/service_flags.h"

#include <gmock/gmock.h>
#include <grpc/support/log.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <sstream>
#include <vector>

#include "common/rpc/listen_address.h"

namespace broadsheet {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Sets a variable of the environment for one test.
struct Variable {
  Variable(const char* name, const char* value) : name(name) { setenv(name, value, 1); }
  ~Variable() { unsetenv(name); }
  const char* name;
};

struct Parsed {
  ServiceFlags flags;
  std::optional<int> exit_code;
  std::string out, err;
};

Parsed Parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "probe-service");
  Parsed parsed;
  parsed.flags.listen = "127.0.0.1:7401";
  CLI::App app("A probe", "probe-service");
  AddServiceFlags(app, parsed.flags);
  std::ostringstream out, err;
  parsed.exit_code = ParseFlags(app, static_cast<int>(arguments.size()), arguments.data(), out, err);
  parsed.out = out.str();
  parsed.err = err.str();
  return parsed;
}

TEST(ServiceFlags, HaveUsefulDefaults) {
  const Parsed parsed = Parse({});
  EXPECT_FALSE(parsed.exit_code.has_value()) << parsed.err;
  EXPECT_EQ(parsed.flags.listen, "127.0.0.1:7401");
  EXPECT_EQ(parsed.flags.metrics_listen, "");
  EXPECT_GE(parsed.flags.threads, 1);
  EXPECT_TRUE(parsed.flags.reflection);
}

TEST(ServiceFlags, TakeAFlagBeforeAVariableBeforeTheDefault) {
  Variable threads("BROADSHEET_THREADS", "3");
  Variable queue("BROADSHEET_QUEUE", "17");
  const Parsed parsed = Parse({"--threads", "5", "--reflection=false"});
  EXPECT_FALSE(parsed.exit_code.has_value()) << parsed.err;
  EXPECT_EQ(parsed.flags.threads, 5);
  EXPECT_EQ(parsed.flags.queue, 17u);
  EXPECT_FALSE(parsed.flags.reflection);
}

TEST(ServiceFlags, RefuseWrongValuesAndNameTheFlag) {
  const std::vector<std::vector<const char*>> wrong = {{"--threads", "0"},      {"--threads", "many"},
                                                       {"--queue", "0"},        {"--queue", "-3"},
                                                       {"--log-level", "loud"}, {"--log-format", "xml"},
                                                       {"--reflection", "so"},  {"--listen", "7401"},
                                                       {"--listen", "unix:"},   {"--listen", "a:70000"},
                                                       {"--listen", ""},        {"--metrics-listen", "here"},
                                                       {"--no-such-flag"},      {"--threads"}};
  for (const auto& arguments : wrong) {
    const Parsed parsed = Parse(arguments);
    EXPECT_EQ(parsed.exit_code, 2) << arguments[0];
    EXPECT_THAT(parsed.err, AllOf(HasSubstr("probe-service: "), HasSubstr(arguments[0]), HasSubstr("--help")));
  }
}

TEST(ServiceFlags, RefuseAWrongVariableAndNameIt) {
  Variable threads("BROADSHEET_THREADS", "many");
  const Parsed parsed = Parse({});
  EXPECT_EQ(parsed.exit_code, 2);
  EXPECT_THAT(parsed.err, HasSubstr("BROADSHEET_THREADS"));
}

TEST(ServiceFlags, RefuseAMisspeltVariableAndNameTheRightOne) {
  Variable misspelt("BROADSHEET_LISTN", "127.0.0.1:1");
  const Parsed parsed = Parse({});
  EXPECT_EQ(parsed.exit_code, 2);
  EXPECT_THAT(parsed.err, AllOf(HasSubstr("BROADSHEET_LISTN"), HasSubstr("BROADSHEET_LISTEN")));
}

TEST(ServiceFlags, LeaveVariablesOfOtherProgramsAlone) {
  Variable other("BROADSHEET_SOMETHING_ELSE_ENTIRELY", "1");
  EXPECT_FALSE(Parse({}).exit_code.has_value());
}

TEST(ServiceFlags, ExplainThemselves) {
  const Parsed parsed = Parse({"--help"});
  EXPECT_EQ(parsed.exit_code, 0);
  EXPECT_THAT(parsed.out, AllOf(HasSubstr("--listen"), HasSubstr("BROADSHEET_LISTEN"), HasSubstr("127.0.0.1:7401"),
                                HasSubstr("true|false=true")));
  EXPECT_EQ(Parse({"--version"}).exit_code, 0);
}

TEST(ServiceFlags, SendTheMessagesOfGrpcToTheLogInItsFormat) {
  testing::internal::CaptureStderr();
  ServiceFlags flags;
  flags.log_format = "json";
  ASSERT_TRUE(StartLoggingAsAsked("probe", flags).ok());
  gpr_log(GPR_ERROR, "a \"line\" of gRPC");
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr(R"("level":"warning","service":"probe","msg":"grpc","detail":"a \"line\" of gRPC")"));
}

TEST(HostPort, IsReadWithAndWithoutBrackets) {
  EXPECT_EQ(ParseHostPort("127.0.0.1:0")->port, 0);
  EXPECT_EQ(ParseHostPort("localhost:65535")->host, "localhost");
  EXPECT_EQ(ParseHostPort("[::1]:80")->host, "::1");
  for (const char* wrong : {"", ":", ":80", "host", "host:", "host:x", "host:65536", "host:-1", "::1:80", "[]:80"}) {
    EXPECT_FALSE(ParseHostPort(wrong).ok()) << wrong;
  }
}

}  // namespace
}  // namespace broadsheet
