#include "ingest/archive/archive_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include "common/base/error.h"
#include "ingest/archive/sqlite.h"
#include "support/temp_directory.h"
#include "unit/ingest/archive/records.h"

namespace broadsheet::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

class ArchiveWriterTest : public ::testing::Test {
 protected:
  using Result = absl::StatusOr<v1::IngestResult>;

  void Start(const ArchiveOptions& archive_options = {}, const ArchiveWriterOptions& options = {}) {
    archive = Archive::Open(directory.path(), archive_options).value();
    ArchiveWriter::Callbacks callbacks{[this](int64_t last) { Durable(last); },
                                       [this](const absl::Status& status) { fatal.set_value(status); }};
    writer = ArchiveWriter::Start(*archive, clock, callbacks, options).value();
  }

  // Holds the writer inside a callback until the test lets it go, so that records gather into one group.
  void Gather() {
    ASSERT_TRUE(writer
                    ->Append(Rejection{v1::REASON_EMPTY_CONTENT, "", ""},
                             [this](Result) {
                               held.set_value();
                               release.get_future().wait();
                             })
                    .ok());
    held.get_future().wait();
  }
  void LetGo() { release.set_value(); }

  virtual void Durable(int64_t last) {
    std::lock_guard lock(mutex);
    log.push_back("durable " + std::to_string(last));
  }

  void Append(Record record, const std::string& name) {
    absl::Status status = writer->Append(std::move(record), [this, name](Result result) {
      std::lock_guard lock(mutex);
      log.push_back(name + " " + (result.ok() ? v1::Outcome_Name(result->outcome()).substr(8) : "failed"));
    });
    ASSERT_TRUE(status.ok()) << status;
  }

  // After all that was appended before has its result.
  Result Last(Record record) {
    std::promise<Result> promise;
    auto result = promise.get_future();
    absl::Status status = writer->Append(std::move(record), [&](Result r) { promise.set_value(std::move(r)); });
    return status.ok() ? result.get() : Result(status);
  }

  support::TempDirectory directory;
  TestClock clock;
  std::mutex mutex;
  std::vector<std::string> log;
  std::promise<void> held, release;
  std::promise<absl::Status> fatal;
  std::unique_ptr<Archive> archive;
  std::unique_ptr<ArchiveWriter> writer;
};

TEST_F(ArchiveWriterTest, EarlierRecordsOfAGroupCountForLaterOnes) {
  Start();
  Gather();
  Append(RecordOf({.id = "a", .text = "one"}), "a1");
  Append(RecordOf({.id = "a", .text = "one"}), "a1 again");
  Append(RecordOf({.id = "b", .text = "one"}), "b");
  Append(RecordOf({.id = "a", .text = "two"}), "a2");
  Append(DeletionOf("a"), "delete a");
  Append(DeletionOf("a"), "delete a again");
  LetGo();
  EXPECT_TRUE(Last(Rejection{}).ok());
  std::lock_guard lock(mutex);
  EXPECT_THAT(log, ElementsAre("durable 4", "a1 CREATED", "a1 again UNCHANGED", "b DUPLICATE", "a2 UPDATED",
                               "delete a DELETED", "delete a again UNCHANGED"));
}

TEST_F(ArchiveWriterTest, ResultsComeInTheOrderOfAppendingOverManyGroups) {
  Start({}, {.group_records = 7});
  std::vector<std::string> expected;
  for (int i = 0; i < 200; ++i) {
    std::string name = std::to_string(i);
    Append(RecordOf({.id = "a" + name, .text = name}), name);
    expected.push_back(name + " CREATED");
  }
  EXPECT_TRUE(Last(Rejection{}).ok());
  std::lock_guard lock(mutex);
  std::erase_if(log, [](const std::string& line) { return line.starts_with("durable"); });
  EXPECT_THAT(log, ElementsAreArray(expected));
}

TEST_F(ArchiveWriterTest, ResultIsGivenOnlyWhenItsRowCanBeReadByOthers) {
  Start();
  for (int i = 0; i < 20; ++i) {
    std::promise<int64_t> seen;
    ASSERT_TRUE(writer
                    ->Append(RecordOf({.id = "a", .text = std::to_string(i)}),
                             [&](Result) { seen.set_value(archive->Counts()->last_sequence); })
                    .ok());
    EXPECT_EQ(seen.get_future().get(), i + 1);
  }
}

TEST_F(ArchiveWriterTest, GroupThatCannotBeWrittenIsNeitherAcknowledgedNorThere) {
  // The database may not grow beyond what a few records need: the group breaks off half way.
  Start({.max_pages = 40});
  Gather();
  for (int i = 0; i < 50; ++i) {
    std::string noise;
    for (int j = 0; j < 300; ++j)
      noise += Hash128Hex(std::to_string(i * 1000 + j));
    Append(RecordOf({.id = "a" + std::to_string(i), .text = noise}), "a");
  }
  LetGo();
  EXPECT_EQ(ReasonOf(fatal.get_future().get()), "ARCHIVE_FULL");
  writer.reset();
  std::lock_guard lock(mutex);
  EXPECT_THAT(log, ElementsAreArray(std::vector<std::string>(50, "a failed")));
  EXPECT_TRUE(archive->ReadEvents(0)->empty());
  EXPECT_EQ(archive->Counts()->articles, 0);
}

TEST_F(ArchiveWriterTest, AfterAFatalErrorNothingIsTakenAnyMore) {
  Start();
  // A foreign hand takes a table away: the next group fails.
  ASSERT_TRUE(archive->checkpoint_connection().Execute("DROP TABLE alias").ok());
  EXPECT_EQ(Last(RecordOf({.id = "a"})).status().code(), absl::StatusCode::kUnavailable);
  fatal.get_future().wait();
  EXPECT_EQ(Last(RecordOf({.id = "b"})).status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(Last(Rejection{}).status()), "ARCHIVE_FAILED");
}

TEST_F(ArchiveWriterTest, FullQueueRefusesAtOnce) {
  Start({}, {.queue_records = 2});
  Gather();
  Append(RecordOf({.id = "a"}), "a");
  Append(RecordOf({.id = "b"}), "b");
  absl::Status status = writer->Append(RecordOf({.id = "c"}), [](Result) { FAIL(); });
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_GT(RetryDelayOf(status), absl::ZeroDuration());
  LetGo();
}

TEST_F(ArchiveWriterTest, EndCommitsWhatWaits) {
  Start();
  Gather();
  Append(RecordOf({.id = "a", .text = "one"}), "a");
  Append(RecordOf({.id = "b", .text = "two"}), "b");
  LetGo();
  writer.reset();
  EXPECT_THAT(log, ElementsAre("durable 2", "a CREATED", "b CREATED"));
  EXPECT_EQ(archive->ReadEvents(0)->size(), 2u);
}

TEST_F(ArchiveWriterTest, LogBeginsAnewBesideReadersAndWriters) {
  Start({}, {.checkpoint_bytes = 256 << 10, .restart_bytes = 1 << 20});
  std::atomic<bool> stop = false;
  std::thread reader([&] {
    while (!stop)
      EXPECT_TRUE(archive->ReadEvents(0, {.events = 5}).ok());
  });
  int64_t longest = 0;
  for (int i = 0; i < 1500; ++i) {
    ASSERT_TRUE(Last(RecordOf({.id = "a" + std::to_string(i), .text = std::to_string(i)})).ok());
    longest = std::max(longest, archive->write_connection().log_pages());
  }
  stop = true;
  reader.join();
  // Each commit writes at least five pages: without a fresh start the log would have 7,500.
  EXPECT_LT(longest, 3000);
  EXPECT_EQ(archive->Counts()->articles, 1500);
}

TEST_F(ArchiveWriterTest, LogTakesNoRoomWhileTheArchiveRests) {
  Start();
  ASSERT_TRUE(Last(RecordOf({.id = "a", .text = "one"})).ok());
  const std::filesystem::path log_file = directory.path() / "archive.db-wal";
  ASSERT_GT(std::filesystem::file_size(log_file), 0u);
  const absl::Time end = absl::Now() + absl::Seconds(30);
  while (std::filesystem::file_size(log_file) > 0 && absl::Now() < end)
    absl::SleepFor(absl::Milliseconds(50));
  EXPECT_EQ(std::filesystem::file_size(log_file), 0u);
  ASSERT_TRUE(Last(RecordOf({.id = "b", .text = "two"})).ok());
  EXPECT_EQ(archive->ReadEvents(0)->size(), 2u);
}

}  // namespace
}  // namespace broadsheet::ingest
