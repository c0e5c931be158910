#include "common/rpc/parked_calls.h"

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace broadsheet {
namespace {

TEST(ParkedCalls, RefusesAboveTheCapAndTakesAgainOnceAPlaceIsFree) {
  ParkedCalls parked(2);
  auto first = parked.Enter();
  auto second = parked.Enter();
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(parked.count(), 2u);

  const auto refused = parked.Enter().status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(RetryDelayOf(refused), absl::ZeroDuration());
  EXPECT_EQ(parked.count(), 2u);

  first->reset();
  EXPECT_EQ(parked.count(), 1u);
  EXPECT_TRUE(parked.Enter().ok());
}

}  // namespace
}  // namespace broadsheet
