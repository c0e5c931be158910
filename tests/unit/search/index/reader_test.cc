#include "search/index/reader.h"

#include <gmock/gmock.h>

#include "common/base/error.h"
#include "search/index/reader_pool.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

v1::Article Plain(const std::string& id, const std::string& language = "en") {
  v1::Article article;
  article.set_id(id);
  article.set_title("A title");
  article.set_body("A body.");
  article.set_language(language);
  return article;
}

class ReaderTest : public ::testing::Test {
 protected:
  support::TempDirectory directory_;
  std::filesystem::path path_ = directory_.path() / "index";
};

TEST_F(ReaderTest, WithoutAnIndexItSaysSoAndOpensItWhenItComes) {
  Reader reader(path_);
  absl::Status missing = reader.Refresh();
  EXPECT_EQ(missing.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(missing), "INDEX_NOT_OPEN");
  EXPECT_GT(RetryDelayOf(missing), absl::ZeroDuration());
  support::TestIndex index(path_);
  EXPECT_TRUE(reader.Refresh().ok());
  EXPECT_EQ(reader.snapshot().sequence, 0);
  EXPECT_EQ(reader.snapshot().lineage, "lineage-1");
}

TEST_F(ReaderTest, ItFollowsCommitsAndNothingElse) {
  support::TestIndex index(path_);
  Reader reader(path_);
  index.Add(Plain("one"));
  ASSERT_TRUE(reader.Refresh().ok());
  EXPECT_EQ(reader.snapshot().sequence, 0);
  index.Commit();
  EXPECT_EQ(reader.snapshot().sequence, 0) << "a snapshot moves by Refresh only";
  ASSERT_TRUE(reader.Refresh().ok());
  EXPECT_EQ(reader.snapshot().sequence, 1);
  EXPECT_EQ(reader.database().get_doccount(), 1u);
  EXPECT_THAT(reader.languages(), ElementsAre("en"));
  index.Add(Plain("two", "de"));
  index.Commit();
  ASSERT_TRUE(reader.Refresh().ok());
  EXPECT_THAT(reader.languages(), ElementsAre("de", "en"));
}

TEST_F(ReaderTest, FrequenciesAreThoseOfItsSnapshotInAllItsShards) {
  support::TestIndex index(path_);
  Reader reader(path_);
  Xapian::doccount articles = 0;
  auto add = [&](const std::string& id) {
    index.Add(Plain(id));
    index.Commit();
    EXPECT_EQ(reader.frequencies().Of("body"), articles) << "a snapshot moves by Refresh only";
    ASSERT_TRUE(reader.Refresh().ok());
    EXPECT_EQ(reader.frequencies().Of("body"), ++articles) << id;
  };
  add("one");
  EXPECT_EQ(reader.frequencies().Of("nowhere"), 0u);
  add("two");
  index.Freeze();
  add("three");
  ASSERT_EQ(reader.shards().size(), 2u);
  add("four");
  index.Freeze();
  ASSERT_TRUE(reader.Refresh().ok());
  EXPECT_EQ(reader.frequencies().Of("body"), articles);
  EXPECT_EQ(reader.frequencies().Of("nowhere"), 0u);
}

TEST_F(ReaderTest, AReplacedManifestIsOpenedWhole) {
  support::TestIndex old_index(path_);
  old_index.Add(Plain("old"));
  old_index.Commit();
  Reader reader(path_);
  ASSERT_TRUE(reader.Refresh().ok());
  std::string old_shard = reader.shards()[0].entry.uuid;
  support::TestIndex new_index(path_, "lineage-2");
  new_index.Add(Plain("a"));
  new_index.Add(Plain("b"));
  new_index.Commit();
  ASSERT_TRUE(reader.Refresh().ok());
  EXPECT_NE(reader.shards()[0].entry.uuid, old_shard);
  EXPECT_EQ(reader.snapshot().lineage, "lineage-2");
  EXPECT_EQ(reader.database().get_doccount(), 2u);
}

TEST_F(ReaderTest, SeveralShardsAreOneDatabase) {
  support::TestIndex first(path_);
  Manifest manifest = first.manifest();
  first.Add(Plain("one"));
  first.Commit();
  support::TestIndex second(path_);
  second.Add(Plain("two"));
  second.Add(Plain("three", "de"));
  second.Commit();
  manifest.shards.push_back(second.manifest().shards[0]);
  ASSERT_TRUE(WriteManifest(path_, manifest).ok());
  Reader reader(path_);
  ASSERT_TRUE(reader.Refresh().ok());
  EXPECT_THAT(reader.shards(), SizeIs(2));
  EXPECT_EQ(reader.database().get_doccount(), 3u);
  EXPECT_EQ(reader.snapshot().sequence, 2);
  second.Add(Plain("four"));
  second.Commit();
  ASSERT_TRUE(reader.Refresh().ok());
  EXPECT_EQ(reader.snapshot().sequence, 3);
  EXPECT_EQ(reader.shards()[1].database.get_doccount(), 3u);
}

TEST_F(ReaderTest, AnotherSchemaIsRefusedWithTheReason) {
  support::TestIndex index(path_);
  Manifest manifest = index.manifest();
  manifest.shards[0].schema_version += 1;
  ASSERT_TRUE(WriteManifest(path_, manifest).ok());
  Reader reader(path_);
  absl::Status refused = reader.Refresh();
  EXPECT_EQ(refused.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(refused.message()), HasSubstr("schema"));
}

TEST_F(ReaderTest, AnIndexThatGoesAwayIsNoticedAndTakenUpAgain) {
  auto index = std::make_unique<support::TestIndex>(path_);
  Reader reader(path_);
  ASSERT_TRUE(reader.Refresh().ok());
  index.reset();
  std::filesystem::remove_all(path_);
  EXPECT_EQ(reader.Refresh().code(), absl::StatusCode::kUnavailable);
  index = std::make_unique<support::TestIndex>(path_);
  EXPECT_TRUE(reader.Refresh().ok());
}

TEST_F(ReaderTest, AShardOfAnotherArchiveIsRefused) {
  support::TestIndex index(path_);
  Manifest manifest = index.manifest();
  manifest.lineage = "another";
  ASSERT_TRUE(WriteManifest(path_, manifest).ok());
  EXPECT_THAT(std::string(Reader(path_).Refresh().message()), HasSubstr("another archive"));
}

class ReaderPoolTest : public ReaderTest {
 protected:
  support::TestIndex index_{path_};
  ReaderPool pool_{path_};
  std::vector<Effort> efforts_;
};

TEST_F(ReaderPoolTest, WorkThatIsOvertakenRunsAgainAndTheLastTimeWithBoundedEffort) {
  absl::Status overtaken = ErrorWithReason(absl::StatusCode::kAborted, "INDEX_CHANGED", "overtaken");
  absl::Status status = pool_.Run(CallContext(), [&](Reader&, Effort effort) {
    efforts_.push_back(effort);
    return efforts_.size() < 3 ? overtaken : absl::OkStatus();
  });
  EXPECT_TRUE(status.ok());
  EXPECT_THAT(efforts_, ElementsAre(Effort::kFull, Effort::kFull, Effort::kBounded));
}

TEST_F(ReaderPoolTest, WorkThatIsAlwaysOvertakenEndsAbortedWithADelay) {
  absl::Status status = pool_.Run(CallContext(), [&](Reader&, Effort effort) {
    efforts_.push_back(effort);
    return ErrorWithReason(absl::StatusCode::kAborted, "INDEX_CHANGED", "overtaken");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_GT(RetryDelayOf(status), absl::ZeroDuration());
  EXPECT_THAT(efforts_, SizeIs(kAttempts));
}

TEST_F(ReaderPoolTest, OtherErrorsAreNotRetried) {
  absl::StatusOr<int> result = pool_.Run(CallContext(), [&](Reader&, Effort effort) -> absl::StatusOr<int> {
    efforts_.push_back(effort);
    return absl::InternalError("broken");
  });
  EXPECT_EQ(result.status().code(), absl::StatusCode::kInternal);
  EXPECT_THAT(efforts_, SizeIs(1));
}

TEST_F(ReaderPoolTest, LeasesAtTheSameTimeAreDifferentReadersAndComeBack) {
  Reader* first = nullptr;
  {
    auto one = pool_.Acquire();
    auto two = pool_.Acquire();
    EXPECT_NE(&*one, &*two);
    first = &*one;
  }
  EXPECT_EQ(&*pool_.Acquire(), first) << "the one given back last";
}

// Files that are open although their directory is gone.
size_t CountDeletedFiles() {
  size_t deleted = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code error;
    deleted += std::filesystem::read_symlink(entry.path(), error).string().ends_with(" (deleted)");
  }
  return deleted;
}

TEST_F(ReaderTest, IdleReadersLetGoOfShardsThatWereReplaced) {
  const auto other = directory_.path() / "other";
  {
    support::TestIndex old(path_), index(other);
    index.Add(Plain("one"));
    index.Commit();
    old.Commit();
  }
  ReaderPool pool(path_);
  {
    auto first = pool.Acquire(), second = pool.Acquire(), third = pool.Acquire();
    for (auto* reader : {&first, &second, &third})
      ASSERT_TRUE((*reader)->Refresh().ok());
  }
  ASSERT_EQ(CountDeletedFiles(), 0u);
  Manifest manifest = ReadManifest(other).value();
  const std::string gone = ReadManifest(path_)->shards[0].uuid;
  manifest.generation = 2;
  std::filesystem::rename(other / manifest.shards[0].uuid, path_ / manifest.shards[0].uuid);
  ASSERT_TRUE(WriteManifest(path_, manifest).ok());
  std::filesystem::remove_all(path_ / gone);
  EXPECT_GT(CountDeletedFiles(), 0u) << "of the readers";
  ASSERT_TRUE(pool.Acquire()->Refresh().ok());
  EXPECT_EQ(CountDeletedFiles(), 0u);
}

}  // namespace
}  // namespace broadsheet::search
