// Who follows an index by sequences is not told less while a damaged shard is left out: he is told to wait.
#include <gmock/gmock.h>

#include "common/base/error.h"
#include "search/follow/exporter.h"
#include "search/follow/watcher.h"
#include "search/query/validate.h"
#include "support/manual_clock.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

class LeftOutTest : public ::testing::Test {
 protected:
  LeftOutTest() {
    for (const char* id : {"one", "two"})
      index_.AddPlain(id);
    index_.Freeze();
    index_.AddPlain("three");
    index_.Commit();
    Manifest manifest = index_.manifest();
    manifest.shards[0].state = ShardState::kDamaged;
    manifest.shards[0].damage = "docdata.glass is missing";
    EXPECT_TRUE(WriteManifest(index_.directory(), manifest).ok());
  }

  static SearchQuery Everything() {
    v1::SearchRequest request;
    request.set_order(v1::ORDER_OLDEST);
    return Validate(request).value();
  }

  absl::Status WatchFrom(int64_t sequence) {
    Watcher watcher(Everything(), std::nullopt, sequence, readers_, board_, clock_);
    return watcher.Next(false, CallContext()).status();
  }

  support::TempDirectory directory_;
  support::TestIndex index_{directory_.path() / "index"};
  support::ManualClock clock_;
  ReaderPool readers_{index_.directory()};
  WatchBoard board_;
};

TEST_F(LeftOutTest, AnExportWaits) {
  Exporter exporter(Everything(), std::nullopt, readers_, clock_);
  const absl::Status refused = exporter.Next(CallContext()).status();
  EXPECT_TRUE(absl::IsUnavailable(refused)) << refused;
  EXPECT_EQ(ReasonOf(refused), "INDEX_INCOMPLETE");
  EXPECT_GT(RetryDelayOf(refused), absl::ZeroDuration());
  EXPECT_TRUE(WriteManifest(index_.directory(), index_.manifest()).ok());
  EXPECT_TRUE(exporter.Next(CallContext()).ok()) << "the same slice may be asked for again";
}

TEST_F(LeftOutTest, ALiveQueryWaitsOnlyWhereTheShardMayHaveWhatComes) {
  EXPECT_EQ(ReasonOf(WatchFrom(0)), "INDEX_INCOMPLETE");
  EXPECT_EQ(ReasonOf(WatchFrom(1)), "INDEX_INCOMPLETE");
  EXPECT_TRUE(WatchFrom(2).ok());
  EXPECT_TRUE(WatchFrom(3).ok());
}

}  // namespace
}  // namespace broadsheet::search
