#include "common/index/xapian_status.h"

#include <gtest/gtest.h>
#include <xapian.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "common/base/error.h"

namespace broadsheet {
namespace {

using Code = absl::StatusCode;

struct Case {
  std::string name;
  std::function<void()> thrower;
  Code code;
  std::string reason;
  bool retryable = false;
};

template <typename Error>
Case XapianCase(const char* name, Code code, const char* reason, bool retryable = false) {
  return {name, [] { throw Error("what the engine said"); }, code, reason, retryable};
}

std::vector<Case> LogicErrors() {
  return {
      XapianCase<Xapian::AssertionError>("AssertionError", Code::kInternal, "ENGINE"),
      XapianCase<Xapian::InvalidArgumentError>("InvalidArgumentError", Code::kInternal, "ENGINE"),
      XapianCase<Xapian::InvalidOperationError>("InvalidOperationError", Code::kInternal, "ENGINE"),
      XapianCase<Xapian::UnimplementedError>("UnimplementedError", Code::kInternal, "ENGINE"),
  };
}

std::vector<Case> DatabaseErrors() {
  return {
      XapianCase<Xapian::DatabaseError>("DatabaseError", Code::kInternal, "ENGINE"),
      XapianCase<Xapian::DatabaseCorruptError>("DatabaseCorruptError", Code::kDataLoss, "INDEX_CORRUPT"),
      XapianCase<Xapian::DatabaseCreateError>("DatabaseCreateError", Code::kInternal, "ENGINE"),
      XapianCase<Xapian::DatabaseLockError>("DatabaseLockError", Code::kFailedPrecondition, "INDEX_LOCKED"),
      XapianCase<Xapian::DatabaseModifiedError>("DatabaseModifiedError", Code::kAborted, "INDEX_CHANGED", true),
      XapianCase<Xapian::DatabaseOpeningError>("DatabaseOpeningError", Code::kUnavailable, "INDEX_MISSING", true),
      XapianCase<Xapian::DatabaseNotFoundError>("DatabaseNotFoundError", Code::kUnavailable, "INDEX_MISSING", true),
      XapianCase<Xapian::DatabaseVersionError>("DatabaseVersionError", Code::kFailedPrecondition, "INDEX_VERSION"),
      XapianCase<Xapian::DatabaseClosedError>("DatabaseClosedError", Code::kInternal, "ENGINE"),
  };
}

std::vector<Case> OtherRuntimeErrors() {
  return {
      XapianCase<Xapian::DocNotFoundError>("DocNotFoundError", Code::kNotFound, "DOCUMENT_MISSING"),
      XapianCase<Xapian::FeatureUnavailableError>("FeatureUnavailableError", Code::kInternal, "ENGINE"),
      XapianCase<Xapian::InternalError>("InternalError", Code::kInternal, "ENGINE"),
      XapianCase<Xapian::NetworkError>("NetworkError", Code::kInternal, "ENGINE"),
      XapianCase<Xapian::NetworkTimeoutError>("NetworkTimeoutError", Code::kDeadlineExceeded, "ENGINE_TIMEOUT"),
      XapianCase<Xapian::QueryParserError>("QueryParserError", Code::kInvalidArgument, "QUERY_REFUSED"),
      XapianCase<Xapian::SerialisationError>("SerialisationError", Code::kInternal, "ENGINE"),
      XapianCase<Xapian::RangeError>("RangeError", Code::kInternal, "ENGINE"),
      XapianCase<Xapian::WildcardError>("WildcardError", Code::kInvalidArgument, "QUERY_REFUSED"),
  };
}

std::vector<Case> OtherExceptions() {
  return {
      {"std::exception", [] { throw std::runtime_error("something else"); }, Code::kInternal, "ENGINE"},
      {"unknown", [] { throw 7; }, Code::kInternal, "ENGINE"},
      {"StatusException", [] { throw StatusException{ErrorWithReason(Code::kDeadlineExceeded, "TOO_LATE", "late")}; },
       Code::kDeadlineExceeded, "TOO_LATE"},
  };
}

class XapianStatusTest : public testing::TestWithParam<Case> {};

TEST_P(XapianStatusTest, EveryExceptionBecomesItsStatusWithAReason) {
  absl::Status status = CatchXapian(GetParam().thrower);
  EXPECT_EQ(status.code(), GetParam().code) << status;
  EXPECT_EQ(ReasonOf(status), GetParam().reason) << status;
  EXPECT_EQ(RetryDelayOf(status) > absl::ZeroDuration(), GetParam().retryable) << status;
  EXPECT_FALSE(status.message().empty());
}

std::string CaseName(const testing::TestParamInfo<Case>& info) {
  return info.param.name == "std::exception" ? "StdException" : info.param.name;
}

INSTANTIATE_TEST_SUITE_P(LogicErrors, XapianStatusTest, testing::ValuesIn(LogicErrors()), CaseName);
INSTANTIATE_TEST_SUITE_P(DatabaseErrors, XapianStatusTest, testing::ValuesIn(DatabaseErrors()), CaseName);
INSTANTIATE_TEST_SUITE_P(OtherRuntimeErrors, XapianStatusTest, testing::ValuesIn(OtherRuntimeErrors()), CaseName);
INSTANTIATE_TEST_SUITE_P(OtherExceptions, XapianStatusTest, testing::ValuesIn(OtherExceptions()), CaseName);

TEST(CatchXapianTest, ResultsPassThrough) {
  EXPECT_TRUE(CatchXapian([] {}).ok());
  EXPECT_EQ(CatchXapian([] { return absl::NotFoundError("no"); }).code(), Code::kNotFound);
  EXPECT_EQ(CatchXapian([] { return 7; }).value(), 7);
  EXPECT_EQ(CatchXapian([]() -> absl::StatusOr<int> { return 8; }).value(), 8);
}

TEST(CatchXapianTest, WorkThatReturnsAValueGivesTheStatusOfItsException) {
  auto number = CatchXapian([]() -> int { throw Xapian::DatabaseModifiedError("moved on"); });
  EXPECT_EQ(number.status().code(), Code::kAborted);
  auto maybe = CatchXapian([]() -> absl::StatusOr<int> { throw Xapian::DatabaseModifiedError("moved on"); });
  EXPECT_EQ(maybe.status().code(), Code::kAborted);
}

TEST(CatchXapianTest, AMissingDatabaseOfTheRealEngineIsUnavailable) {
  auto status = CatchXapian([] { Xapian::Database("/nonexistent/index"); });
  EXPECT_EQ(status.code(), Code::kUnavailable) << status;
}

}  // namespace
}  // namespace broadsheet
