#include "ingest/index/commit_schedule.h"

#include <gtest/gtest.h>

namespace broadsheet::ingest {
namespace {

using std::chrono::milliseconds;

constexpr CommitSchedule::Time At(int ms) {
  return CommitSchedule::Time(milliseconds(ms));
}

CommitSchedule Schedule() {
  return CommitSchedule(milliseconds(500), milliseconds(2000), 1000);
}

TEST(CommitScheduleTest, HasNothingToCommitAtFirst) {
  EXPECT_EQ(Schedule().Due(/*idle=*/true), std::nullopt);
  EXPECT_EQ(Schedule().Due(/*idle=*/false), std::nullopt);
}

TEST(CommitScheduleTest, CommitsAtOnceWhenIdle) {
  CommitSchedule schedule = Schedule();
  schedule.Added(At(10), 1);
  EXPECT_EQ(schedule.Due(/*idle=*/true), At(10));
}

TEST(CommitScheduleTest, LetsEventsGatherUnderLoad) {
  CommitSchedule schedule = Schedule();
  schedule.Added(At(10), 1);
  schedule.Added(At(900), 1);
  EXPECT_EQ(schedule.Due(/*idle=*/false), At(2010));
}

TEST(CommitScheduleTest, NeverCommitsSoonerThanTheIntervalAfterTheLastCommit) {
  CommitSchedule schedule = Schedule();
  schedule.Added(At(10), 1);
  schedule.Committed(At(10), At(20));
  schedule.Added(At(30), 5000);
  EXPECT_TRUE(schedule.full());
  EXPECT_EQ(schedule.Due(/*idle=*/true), At(520));
  EXPECT_EQ(schedule.Due(/*idle=*/false), At(520));
}

TEST(CommitScheduleTest, PausesAsTheLastCommitTookWhenIdle) {
  CommitSchedule schedule = Schedule();
  schedule.Added(At(10), 1);
  schedule.Committed(At(10), At(20));
  schedule.Added(At(30), 1);
  EXPECT_EQ(schedule.Due(/*idle=*/true), At(20 + CommitSchedule::kPauses * 10));
  EXPECT_EQ(schedule.Due(/*idle=*/false), At(2030));
  schedule.Committed(At(100), At(400));
  schedule.Added(At(410), 1);
  EXPECT_EQ(schedule.Due(/*idle=*/true), At(900)) << "never longer than under load";
  schedule.Committed(At(900), At(905));
  schedule.Added(At(2000), 1);
  EXPECT_EQ(schedule.Due(/*idle=*/true), At(2000)) << "the pause is over";
}

TEST(CommitScheduleTest, CommitsAFullBatchBeforeTheLongInterval) {
  CommitSchedule schedule = Schedule();
  schedule.Added(At(10), 600);
  EXPECT_FALSE(schedule.full());
  schedule.Added(At(20), 600);
  EXPECT_TRUE(schedule.full());
  EXPECT_EQ(schedule.Due(/*idle=*/false), At(10));
}

TEST(CommitScheduleTest, HasNothingToCommitAfterACommitOrADrop) {
  CommitSchedule schedule = Schedule();
  schedule.Added(At(10), 5000);
  schedule.Committed(At(10), At(20));
  EXPECT_EQ(schedule.Due(true), std::nullopt);
  EXPECT_FALSE(schedule.full());
  schedule.Added(At(600), 5000);
  schedule.Dropped();
  EXPECT_EQ(schedule.Due(true), std::nullopt);
  EXPECT_FALSE(schedule.full());
}

}  // namespace
}  // namespace broadsheet::ingest
