#include "common/base/call_context.h"

#include <gtest/gtest.h>

namespace broadsheet {
namespace {

TEST(CallContextTest, WithoutADeadlineItNeverExpires) {
  EXPECT_FALSE(CallContext().Expired());
}

TEST(CallContextTest, APastDeadlineHasExpired) {
  EXPECT_TRUE(CallContext(absl::Now() - absl::Seconds(1)).Expired());
  EXPECT_FALSE(CallContext(absl::Now() + absl::Hours(1)).Expired());
}

TEST(CallContextTest, CopiesShareTheCancellation) {
  CallContext call;
  CallContext copy = call;
  copy.Cancel();
  EXPECT_TRUE(call.cancelled());
  EXPECT_TRUE(call.Expired());
  EXPECT_FALSE(CallContext().cancelled());
}

}  // namespace
}  // namespace broadsheet
