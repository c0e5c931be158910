#include "common/rpc/grpc_status.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "google/rpc/status.pb.h"

namespace broadsheet {
namespace {

TEST(GrpcStatus, MapsEveryCodeToItselfAndBack) {
  for (int code = 1; code <= 16; ++code) {
    const absl::Status status(static_cast<absl::StatusCode>(code), "why");
    const grpc::Status wire = ToGrpcStatus(status);
    EXPECT_EQ(static_cast<int>(wire.error_code()), code);
    EXPECT_EQ(wire.error_message(), "why");
    google::rpc::Status detail;
    ASSERT_TRUE(detail.ParseFromString(wire.error_details()));
    EXPECT_EQ(detail.code(), code);
    EXPECT_EQ(detail.message(), "why");
    EXPECT_EQ(FromGrpcStatus(wire), status);
  }
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_TRUE(FromGrpcStatus(grpc::Status::OK).ok());
}

TEST(GrpcStatus, CarriesDetailsBothWays) {
  const absl::Status field = FromGrpcStatus(ToGrpcStatus(InvalidField("PAGE_SIZE", "page_size", "at most 100")));
  ASSERT_EQ(FieldViolationsOf(field).size(), 1u);
  EXPECT_EQ(FieldViolationsOf(field)[0].field, "page_size");
  EXPECT_EQ(ReasonOf(field), "PAGE_SIZE");

  const absl::Status retry = FromGrpcStatus(
      ToGrpcStatus(RetryableError(absl::StatusCode::kResourceExhausted, "BUSY", "busy", absl::Milliseconds(1250))));
  EXPECT_EQ(RetryDelayOf(retry), absl::Milliseconds(1250));
}

TEST(GrpcStatus, CutsLongMessagesAtACodePoint) {
  const std::string message = absl::StrCat(std::string(kMaxStatusMessageBytes - 1, 'a'), "é");
  EXPECT_EQ(ToGrpcStatus(absl::InternalError(message)).error_message(), std::string(kMaxStatusMessageBytes - 1, 'a'));
}

TEST(GrpcStatus, LeavesOutTheDetailsThatDoNotFit) {
  const auto wire = ToGrpcStatus(InvalidField("QUERY", "query", std::string(10'000, 'x')));
  EXPECT_LE(wire.error_details().size(), kMaxStatusDetailBytes);
  EXPECT_EQ(ReasonOf(FromGrpcStatus(wire)), "QUERY");
  EXPECT_TRUE(FieldViolationsOf(FromGrpcStatus(wire)).empty());
}

TEST(GrpcStatus, KeepsCodeAndMessageWhenTheDetailsAreNotOurs) {
  const absl::Status status = FromGrpcStatus({grpc::StatusCode::UNAVAILABLE, "gone", "\xff\xff"});
  EXPECT_EQ(status, absl::UnavailableError("gone"));
}

}  // namespace
}  // namespace broadsheet
