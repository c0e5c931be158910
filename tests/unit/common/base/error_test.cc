#include "common/base/error.h"

#include <gtest/gtest.h>

namespace broadsheet {
namespace {

TEST(ErrorTest, AnInvalidFieldTellsFieldReasonAndDescription) {
  absl::Status status = InvalidField("PAGE_SIZE", "page_size", "must be at most 100, is 400");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "page_size: must be at most 100, is 400");
  EXPECT_EQ(ReasonOf(status), "PAGE_SIZE");
  auto violations = FieldViolationsOf(status);
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "page_size");
  EXPECT_EQ(violations[0].description, "must be at most 100, is 400");
  EXPECT_EQ(RetryDelayOf(status), absl::ZeroDuration());
}

TEST(ErrorTest, AnErrorOfAnyCodeHasItsReason) {
  absl::Status status = ErrorWithReason(absl::StatusCode::kDataLoss, "SYNC_FAILED", "syncing failed");
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ReasonOf(status), "SYNC_FAILED");
  EXPECT_TRUE(FieldViolationsOf(status).empty());
}

TEST(ErrorTest, ARetryableErrorTellsHowLongToWait) {
  for (absl::Duration delay : {absl::Milliseconds(1), absl::Milliseconds(1500), absl::Seconds(90)}) {
    absl::Status status = RetryableError(absl::StatusCode::kResourceExhausted, "QUEUE_FULL", "try again", delay);
    EXPECT_EQ(RetryDelayOf(status), delay);
    EXPECT_EQ(ReasonOf(status), "QUEUE_FULL");
  }
}

TEST(ErrorTest, AStatusWithoutDetailsHasNone) {
  absl::Status status = absl::InternalError("plain");
  EXPECT_EQ(ReasonOf(status), "");
  EXPECT_TRUE(FieldViolationsOf(status).empty());
  EXPECT_EQ(RetryDelayOf(status), absl::ZeroDuration());
}

TEST(ErrorTest, ADetailThatCannotBeReadCountsAsNone) {
  absl::Status status = absl::InternalError("damaged");
  status.SetPayload(kErrorInfoUrl, absl::Cord("\xff\xff\xff"));
  EXPECT_EQ(ReasonOf(status), "");
}

}  // namespace
}  // namespace broadsheet
