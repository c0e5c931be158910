#include "common/base/logging.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "common/base/error.h"

namespace broadsheet {
namespace {

std::string Logged(LogFormat format, std::string_view level, void (*log)()) {
  testing::internal::CaptureStderr();
  EXPECT_TRUE(StartLogging("a-service", format, level).ok());
  log();
  return testing::internal::GetCapturedStderr();
}

TEST(LoggingTest, AJsonLineIsOneObjectWhateverIsInIt) {
  std::string line = Logged(LogFormat::kJson, "info", [] {
    LogWarning("it \"broke\"\n", {{"path", "C:\\dir\t{}%v"}, {"bad", "caf\xe9"}, {"text", "東京"}});
  });
  ASSERT_EQ(line.find('\n'), line.size() - 1) << line;
  auto json = nlohmann::json::parse(line);
  EXPECT_EQ(json["level"], "warning");
  EXPECT_EQ(json["service"], "a-service");
  EXPECT_EQ(json["msg"], "it \"broke\"\n");
  EXPECT_EQ(json["path"], "C:\\dir\t{}%v");
  EXPECT_EQ(json["bad"], "caf\uFFFD");
  EXPECT_EQ(json["text"], "東京");
  EXPECT_TRUE(json.contains("ts"));
}

TEST(LoggingTest, ATextLineQuotesItsValues) {
  std::string line = Logged(LogFormat::kText, "info", [] { LogError("stopped", {{"why", "a \"quote\"\nand more"}}); });
  EXPECT_NE(line.find("error stopped why=\"a \\\"quote\\\"\\nand more\"\n"), std::string::npos) << line;
}

TEST(LoggingTest, TheLevelDecidesWhatIsWritten) {
  auto log_all = [] {
    LogDebug("one");
    LogInfo("two");
    LogWarning("three");
    LogError("four");
  };
  std::string lines = Logged(LogFormat::kText, "warn", log_all);
  EXPECT_EQ(lines.find("one"), std::string::npos);
  EXPECT_EQ(lines.find("two"), std::string::npos);
  EXPECT_NE(lines.find("three"), std::string::npos);
  EXPECT_NE(lines.find("four"), std::string::npos);
  EXPECT_FALSE(LogsInfo());
  EXPECT_EQ(Logged(LogFormat::kText, "off", log_all), "");
  EXPECT_NE(Logged(LogFormat::kText, "debug", log_all).find("one"), std::string::npos);
  EXPECT_TRUE(LogsInfo());
  EXPECT_TRUE(LogsDebug());
  Logged(LogFormat::kText, "info", log_all);
  EXPECT_TRUE(LogsInfo());
  EXPECT_FALSE(LogsDebug());
}

TEST(LoggingTest, AnUnknownLevelIsRefusedWithTheChoices) {
  absl::Status status = StartLogging("a-service", LogFormat::kText, "loud");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(status.message().find("trace, debug, info, warn, error, off"), absl::string_view::npos) << status;
}

}  // namespace
}  // namespace broadsheet
