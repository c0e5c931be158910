#include "ingest/rpc/visible_wait.h"

#include <gtest/gtest.h>

#include <future>

#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "support/temp_directory.h"

namespace broadsheet::ingest {
namespace {

v1::IngestResult ResultWith(int64_t sequence) {
  v1::IngestResult result;
  result.set_sequence(sequence);
  result.set_acknowledged(v1::ACKNOWLEDGE_LEVEL_DURABLE);
  return result;
}

TEST(VisibleWait, SaysVisibleOnlyOfWhatIsVisible) {
  auto reached = ResultWith(7);
  MarkVisibility(reached, 7);
  EXPECT_EQ(reached.acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
  EXPECT_FALSE(reached.has_retry_delay());

  auto missed = ResultWith(8);
  MarkVisibility(missed, 7);
  EXPECT_EQ(missed.acknowledged(), v1::ACKNOWLEDGE_LEVEL_DURABLE);
  EXPECT_GT(missed.retry_delay().seconds(), 0);

  auto rejected = ResultWith(0);
  MarkVisibility(rejected, 7);
  EXPECT_NE(rejected.acknowledged(), v1::ACKNOWLEDGE_LEVEL_VISIBLE);
}

TEST(VisibleWait, LastsTenSecondsAtMostAndEndsBeforeTheCall) {
  const absl::Time unbounded = VisibleDeadline(absl::InfiniteFuture());
  EXPECT_LE(unbounded, absl::Now() + absl::Seconds(10));
  const absl::Time deadline = absl::Now() + absl::Seconds(1);
  EXPECT_LT(VisibleDeadline(deadline), deadline);
}

TEST(VisibleWait, GivesUpAtTheDeadlineWhenTheIndexDoesNotMove) {
  support::TempDirectory directory;
  const SystemClock clock;
  IndexerOptions options;
  options.directory = directory.path() / "index";
  options.lineage = "00000000-0000-4000-8000-000000000000";
  auto indexer = Indexer::Start(
      options, [](int64_t, const EventLimits&) { return std::vector<IndexEvent>(); }, clock, nullptr);
  ASSERT_TRUE(indexer.ok()) << indexer.status();

  std::promise<int64_t> visible, at_once;
  AwaitVisible(**indexer, 5, absl::Now() + absl::Milliseconds(200), [&](int64_t v) { visible.set_value(v); });
  EXPECT_EQ(visible.get_future().get(), 0);
  AwaitVisible(**indexer, 0, absl::InfinitePast(), [&](int64_t v) { at_once.set_value(v); });
  EXPECT_EQ(at_once.get_future().get(), 0);
}

}  // namespace
}  // namespace broadsheet::ingest
