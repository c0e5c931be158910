#include "search/index/snapshot_watcher.h"

#include <gmock/gmock.h>

#include <future>

#include "common/base/error.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

constexpr auto kLong = std::chrono::seconds(30);  // of a test that fails; none that passes takes so long

class SnapshotWatcherTest : public ::testing::Test {
 protected:
  // The states in the order they were told.
  class States {
   public:
    void Add(const absl::Status& state) {
      std::lock_guard lock(mutex_);
      states_.push_back(state);
      changed_.notify_all();
    }
    // Waits for the state number `count`.
    absl::Status Get(size_t count) {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kLong, [&] { return states_.size() >= count; });
      return states_.size() >= count ? states_[count - 1] : absl::InternalError("no such state");
    }

   private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<absl::Status> states_;
  };

  std::future<absl::Status> Await(Requirements requirements, const CallContext& context = CallContext()) {
    auto promise = std::make_shared<std::promise<absl::Status>>();
    watcher_->Await(std::move(requirements), context, [promise](absl::Status status) { promise->set_value(status); });
    return promise->get_future();
  }

  void Start() {
    watcher_ = std::make_unique<SnapshotWatcher>(
        pool_, [this](const absl::Status& state, const std::string&) { states_.Add(state); });
  }

  v1::Article Plain(const std::string& id) {
    v1::Article article;
    article.set_id(id);
    article.set_body("A body.");
    return article;
  }

  support::TempDirectory directory_;
  std::filesystem::path path_ = directory_.path() / "index";
  ReaderPool pool_{path_};
  States states_;
  std::unique_ptr<SnapshotWatcher> watcher_;
};

TEST_F(SnapshotWatcherTest, TellsWhenTheIndexComesAndGoes) {
  Start();
  EXPECT_EQ(states_.Get(1).code(), absl::StatusCode::kUnavailable);
  auto index = std::make_unique<support::TestIndex>(path_);
  EXPECT_TRUE(states_.Get(2).ok());
  Manifest other = index->manifest();
  other.shards[0].schema_version += 1;
  ASSERT_TRUE(WriteManifest(path_, other).ok());
  EXPECT_EQ(states_.Get(3).code(), absl::StatusCode::kUnavailable);
}

TEST_F(SnapshotWatcherTest, ASequenceThatIsThereIsAnsweredAndOneThatComesIsWaitedFor) {
  support::TestIndex index(path_);
  index.Add(Plain("one"));
  index.Commit();
  Start();
  EXPECT_TRUE(Await({1, "lineage-1"}).get().ok());
  auto later = Await({3, ""});
  EXPECT_EQ(later.wait_for(std::chrono::milliseconds(30)), std::future_status::timeout);
  index.Add(Plain("two"));
  index.Commit();
  EXPECT_EQ(later.wait_for(std::chrono::milliseconds(30)), std::future_status::timeout);
  index.Add(Plain("three"));
  index.Commit();
  EXPECT_TRUE(later.get().ok());
  EXPECT_EQ(watcher_->sequence(), 3);
}

TEST_F(SnapshotWatcherTest, AnotherLineageIsAnErrorAtOnce) {
  support::TestIndex index(path_);
  Start();
  ASSERT_TRUE(states_.Get(1).ok());
  absl::Status mismatch = Await({1'000, "another"}).get();
  EXPECT_EQ(mismatch.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(mismatch), "LINEAGE_MISMATCH");
}

TEST_F(SnapshotWatcherTest, TheWaitEndsBeforeTheCallersDeadline) {
  support::TestIndex index(path_);
  Start();
  absl::Time deadline = absl::Now() + absl::Milliseconds(400);
  absl::Status late = Await({5, ""}, CallContext(deadline)).get();
  EXPECT_LT(absl::Now(), deadline);
  EXPECT_EQ(late.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(late), "SEQUENCE_NOT_REACHED");
  EXPECT_GT(RetryDelayOf(late), absl::ZeroDuration());
}

TEST_F(SnapshotWatcherTest, ACallerWhoGivesUpIsLetGo) {
  support::TestIndex index(path_);
  Start();
  CallContext context;
  auto waiting = Await({5, ""}, context);
  context.Cancel();
  EXPECT_EQ(waiting.get().code(), absl::StatusCode::kCancelled);
}

TEST_F(SnapshotWatcherTest, WaitersWithoutAnIndexWaitForIt) {
  Start();
  auto waiting = Await({1, "lineage-1"});
  support::TestIndex index(path_);
  index.Add(Plain("one"));
  index.Commit();
  EXPECT_TRUE(waiting.get().ok());
}

TEST_F(SnapshotWatcherTest, ThoseWhoStillWaitAtTheEndAreAnswered) {
  support::TestIndex index(path_);
  Start();
  auto waiting = Await({5, ""});
  watcher_.reset();
  EXPECT_EQ(waiting.get().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace broadsheet::search
