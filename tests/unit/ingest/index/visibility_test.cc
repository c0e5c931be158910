#include "ingest/index/visibility.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>

#include "absl/time/clock.h"

namespace broadsheet::ingest {
namespace {

std::future<bool> Ask(Visibility& visibility, int64_t sequence, absl::Time deadline = absl::InfiniteFuture()) {
  auto answer = std::make_shared<std::promise<bool>>();
  std::future<bool> future = answer->get_future();
  visibility.CallWhenVisible(sequence, deadline, [answer](bool visible) { answer->set_value(visible); });
  return future;
}

TEST(VisibilityTest, AnswersAtOnceWhatIsVisibleAlready) {
  Visibility visibility(7);
  EXPECT_TRUE(Ask(visibility, 7).get());
}

TEST(VisibilityTest, WakesThoseWhoseSequenceIsReachedAndNoOthers) {
  Visibility visibility(0);
  auto third = Ask(visibility, 3);
  auto fourth = Ask(visibility, 4);
  visibility.Publish(3);
  EXPECT_TRUE(third.get());
  EXPECT_EQ(visibility.waiters(), 1u);
  visibility.Publish(9);
  EXPECT_TRUE(fourth.get());
  EXPECT_EQ(visibility.sequence(), 9);
}

TEST(VisibilityTest, NeverGoesBack) {
  Visibility visibility(5);
  visibility.Publish(3);
  EXPECT_EQ(visibility.sequence(), 5);
}

TEST(VisibilityTest, GivesUpAtTheDeadline) {
  Visibility visibility(0);
  EXPECT_FALSE(Ask(visibility, 1, absl::Now() + absl::Milliseconds(5)).get());
  EXPECT_FALSE(Ask(visibility, 1, absl::InfinitePast()).get());
}

TEST(VisibilityTest, AnEarlierDeadlineThatComesLaterIsStillKept) {
  Visibility visibility(0);
  auto patient = Ask(visibility, 1);
  EXPECT_FALSE(Ask(visibility, 1, absl::Now() + absl::Milliseconds(5)).get());
  visibility.Publish(1);
  EXPECT_TRUE(patient.get());
}

TEST(VisibilityTest, AnswersEveryoneWhenItIsClosed) {
  Visibility visibility(2);
  auto waiting = Ask(visibility, 3);
  visibility.Close();
  EXPECT_FALSE(waiting.get());
  EXPECT_FALSE(Ask(visibility, 3).get());
  EXPECT_TRUE(Ask(visibility, 2).get());
}

TEST(VisibilityTest, AnswersEveryoneBeforeItGoes) {
  auto visibility = std::make_unique<Visibility>(0);
  auto waiting = Ask(*visibility, 1);
  visibility.reset();
  EXPECT_FALSE(waiting.get());
}

TEST(VisibilityTest, ACallbackMayAskAgain) {
  Visibility visibility(0);
  std::promise<bool> answer;
  visibility.CallWhenVisible(1, absl::InfiniteFuture(), [&](bool) {
    visibility.CallWhenVisible(1, absl::InfiniteFuture(), [&](bool visible) { answer.set_value(visible); });
  });
  visibility.Publish(1);
  EXPECT_TRUE(answer.get_future().get());
}

}  // namespace
}  // namespace broadsheet::ingest
