#include "cli/json.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace broadsheet::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string ErrorOf(std::string_view json) {
  return std::string(ParseRequest(json).status().message());
}

TEST(ParseRequest, ReadsARawArticle) {
  const auto request = ParseRequest(R"({"id": "a", "published_time": "2025-09-03T06:40:00Z", "text": "x"})");
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->article().id(), "a");
  EXPECT_EQ(request->article().published_time().seconds(), 1756881600);
}

TEST(ParseRequest, ReadsAStreamRequest) {
  const auto request = ParseRequest(R"({"correlationId": "7", "deletion": {"id": "a"}})");
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->correlation_id(), "7");
  EXPECT_EQ(request->deletion().id(), "a");
}

TEST(ParseRequest, NamesFieldsThatNobodyHas) {
  EXPECT_THAT(ErrorOf(R"({"headline": "x", "text": "y", "bias": 3})"),
              AllOf(HasSubstr("RawArticle has no field bias, headline"), HasSubstr("its fields are"),
                    HasSubstr("publishedTime")));
}

TEST(ParseRequest, NamesUnknownFieldsInsideAStreamRequest) {
  EXPECT_THAT(ErrorOf(R"({"article": {"text": "y", "bias": 3}})"), HasSubstr("bias"));
}

TEST(ParseRequest, RefusesWhatIsNoObject) {
  for (const char* json : {"", "[]", "\"x\"", "{\"text\": ", "{\"text\": \"\xff\"}"}) {
    EXPECT_FALSE(ParseRequest(json).ok()) << json;
  }
}

TEST(ParseRequest, RefusesTwoContents) {
  EXPECT_FALSE(ParseRequest(R"({"text": "a", "html": "b"})").ok());
}

}  // namespace
}  // namespace broadsheet::cli
