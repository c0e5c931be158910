#include "search/columns/column_store.h"

#include <gtest/gtest.h>

#include <thread>

#include "search/index/column_warmer.h"
#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

TEST(ColumnStoreTest, AllThreadsShareTheColumnsOfARevision) {
  Corpus corpus(200);
  std::vector<std::shared_ptr<const ShardColumns>> got(8);
  std::vector<std::thread> threads;
  for (auto& columns : got) {
    threads.emplace_back([&] {
      auto reader = corpus.readers().Acquire();
      if (reader->Refresh().ok()) columns = corpus.readers().ColumnsOf(*reader, {})->front();
    });
  }
  for (auto& thread : threads)
    thread.join();
  ASSERT_NE(got.front(), nullptr);
  for (const auto& columns : got)
    EXPECT_EQ(columns, got.front());
}

TEST(ColumnStoreTest, ColumnsAreThoseOfTheSnapshotThatTheReaderIsOnNotOfTheNewest) {
  Corpus corpus(50);
  auto reader = corpus.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  corpus.Add(corpus.Invent("later"));
  corpus.Commit();
  {
    auto newest = corpus.readers().Acquire();
    ASSERT_TRUE(newest->Refresh().ok());
    EXPECT_EQ((*corpus.readers().ColumnsOf(*newest, {}))[0]->size(), 52u);
  }
  EXPECT_EQ((*corpus.readers().ColumnsOf(*reader, {}))[0]->size(), 51u);
}

TEST(ColumnStoreTest, NoMoreThanTwoRevisionsAreKept) {
  Corpus corpus(300);
  auto bytes_of_next = [&] {
    corpus.Add(corpus.Invent("article-1"));
    corpus.Commit();
    auto reader = corpus.readers().Acquire();
    EXPECT_TRUE(reader->Refresh().ok());
    EXPECT_TRUE(corpus.readers().ColumnsOf(*reader, {}).ok());
    return corpus.readers().column_bytes();
  };
  const size_t first = bytes_of_next();
  const size_t one = bytes_of_next() - first;
  for (int i = 0; i < 10; ++i)
    EXPECT_LT(bytes_of_next(), 2 * one + one / 2);
}

TEST(ColumnStoreTest, ACallerDoesNotWaitForColumnsLongerThanItsDeadline) {
  Corpus corpus(1'500);
  auto reader = corpus.readers().Acquire();
  ASSERT_TRUE(reader->Refresh().ok());
  auto columns = corpus.readers().ColumnsOf(*reader, CallContext(absl::Now() - absl::Seconds(1)));
  EXPECT_EQ(columns.status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_TRUE(corpus.readers().ColumnsOf(*reader, {}).ok());
}

TEST(ColumnWarmerTest, ColumnsAreThereSoonAfterACommitWithoutACall) {
  Corpus corpus(100);
  ColumnWarmer warmer(corpus.readers());
  for (int commit = 0; commit < 3; ++commit) {
    const size_t before = corpus.readers().column_bytes();
    for (int i = 0; i < 100; ++i)
      corpus.Add(corpus.Invent("new-" + std::to_string(commit) + "-" + std::to_string(i)));
    corpus.Commit();
    const absl::Time until = absl::Now() + absl::Seconds(10);
    while (corpus.readers().column_bytes() <= before && absl::Now() < until)
      absl::SleepFor(absl::Milliseconds(5));
    EXPECT_GT(corpus.readers().column_bytes(), before);
  }
}

}  // namespace
}  // namespace broadsheet::search
