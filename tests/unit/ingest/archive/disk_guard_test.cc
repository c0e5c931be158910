#include "ingest/archive/disk_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {
namespace {

using ::testing::HasSubstr;

TEST(DiskGuardTest, RefusesBelowTheFloorWithRetryInfoAndGoesOnAboveIt) {
  int64_t free = 100 << 20;
  DiskGuard guard([&] { return free; }, 100 << 20, std::chrono::milliseconds(0));
  EXPECT_TRUE(guard.Check().ok());
  free -= 1;
  absl::Status status = guard.Check();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(status), "DISK_NEARLY_FULL");
  EXPECT_GT(RetryDelayOf(status), absl::ZeroDuration());
  EXPECT_THAT(std::string(status.message()), HasSubstr("99 MiB are free and 100 MiB"));
  EXPECT_EQ(guard.free_bytes(), free);
  free += 1;
  EXPECT_TRUE(guard.Check().ok());
}

TEST(DiskGuardTest, LooksOnlyOncePerInterval) {
  int looks = 0;
  DiskGuard guard([&] { return ++looks; }, 0, std::chrono::hours(1));
  for (int i = 0; i < 100; ++i)
    EXPECT_TRUE(guard.Check().ok());
  EXPECT_EQ(looks, 1);
}

TEST(DiskGuardTest, RefusesWhenTheDiskCannotBeAsked) {
  DiskGuard guard(std::filesystem::path("/no/such/directory"));
  EXPECT_FALSE(guard.Check().ok());
}

TEST(DiskGuardTest, KnowsTheFileSystemOfItsDirectory) {
  support::TempDirectory directory;
  DiskGuard guard(directory.path(), 0);
  EXPECT_TRUE(guard.Check().ok());
  EXPECT_GT(guard.free_bytes(), 0);
  EXPECT_FALSE(DiskGuard(directory.path(), int64_t{1} << 60).Check().ok());
}

}  // namespace
}  // namespace broadsheet::ingest
