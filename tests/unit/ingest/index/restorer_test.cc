#include "ingest/index/restorer.h"

#include <gmock/gmock.h>

#include "common/base/error.h"
#include "event_log.h"

namespace broadsheet::ingest {
namespace {

using ::testing::ElementsAre;

std::vector<int64_t> All(Restorer& restorer) {
  std::vector<int64_t> sequences;
  while (!restorer.done()) {
    auto event = restorer.Next();
    EXPECT_TRUE(event.ok()) << event.status();
    if (event.ok() && event->has_value()) sequences.push_back((*event)->sequence);
  }
  return sequences;
}

TEST(RestorerTest, WhatIsLostComesInItsOrderAndNothingElse) {
  EventLog log;
  log.WriteRandomly(300, 1);
  const ArchiveView view = log.View();
  std::vector<int64_t> lost;
  for (int64_t sequence = 2; sequence <= 300; sequence += 3)
    lost.push_back(sequence);
  Restorer restorer(view, lost, {0, absl::UnixEpoch()});
  EXPECT_EQ(restorer.left(), 100);
  EXPECT_EQ(All(restorer), lost);
  EXPECT_EQ(restorer.left(), 0);
  EXPECT_EQ(restorer.forgotten_through(), 0);
}

TEST(RestorerTest, ForgottenDeletionsAreLeftOut) {
  EventLog log;
  log.Delete("one", TestStart());  // up to the sequence
  log.Write("two", "A title", "A body.");
  log.Delete("three", TestStart() - absl::Hours(24 * 9));  // too old
  log.Delete("four", TestStart());
  log.Delete("five", TestStart() - absl::Hours(24 * 9));
  const ArchiveView view = log.View();
  Restorer restorer(view, {1, 2, 3, 4, 5}, {1, TestStart() - absl::Hours(24 * 7)});
  EXPECT_THAT(All(restorer), ElementsAre(2, 4));
  EXPECT_EQ(restorer.forgotten_through(), 5);
}

TEST(RestorerTest, ArticlesThatAreTooOldAreLeftOutAndDeletionsAreNot) {
  EventLog log;
  log.Write("one", "A title", "A body.");  // published 7919 s before the start, and the next twice that
  log.Write("two", "A title", "Another body.");
  log.Delete("three");
  const ArchiveView view = log.View();
  Restorer restorer(view, {1, 2, 3}, {0, absl::UnixEpoch(), TestStart() - absl::Seconds(10'000)});
  EXPECT_THAT(All(restorer), ElementsAre(1, 3));
  EXPECT_EQ(restorer.forgotten_through(), 0);
}

TEST(RestorerTest, AnEventThatIsDamagedInTheArchiveIsLeftOutAndOtherErrorsAreTold) {
  EventLog log;
  log.WriteRandomly(20, 2);
  ArchiveView view = log.View();
  const auto read = view.read;
  view.read = [&](int64_t sequence) -> absl::StatusOr<IndexEvent> {
    if (sequence == 5) return absl::DataLossError("damaged");
    if (sequence == 9) return absl::UnavailableError("busy");
    return read(sequence);
  };
  Restorer whole(view, {4, 5, 6}, {0, absl::UnixEpoch()});
  EXPECT_THAT(All(whole), ElementsAre(4, 6));
  Restorer failing(view, {9}, {0, absl::UnixEpoch()});
  absl::Status status;
  while (status.ok())
    status = failing.Next().status();
  EXPECT_TRUE(absl::IsUnavailable(status)) << status;
  EXPECT_FALSE(failing.done());
}

TEST(RestorerTest, NothingLostIsDoneAtOnce) {
  EventLog log;
  const ArchiveView view = log.View();
  Restorer restorer(view, {}, {0, absl::UnixEpoch()});
  EXPECT_TRUE(restorer.done());
  EXPECT_EQ(restorer.left(), 0);
}

}  // namespace
}  // namespace broadsheet::ingest
