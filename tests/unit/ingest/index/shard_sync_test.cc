#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "common/base/error.h"
#include "event_log.h"
#include "ingest/index/index_directory.h"
#include "ingest/index/shard_writer.h"
#include "support/temp_directory.h"

// Stands before the C library for the whole test program: what is renamed and which directories are synced is written
// down, and a sync can be made to fail. Used from one thread here.
namespace {
std::vector<std::string>* calls = nullptr;
bool fail_sync = false;
}  // namespace

extern "C" int rename(const char* from, const char* to) noexcept {
  if (calls != nullptr) calls->push_back(std::string("rename to ") + to);
  return static_cast<int>(syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to));
}

extern "C" int fsync(int fd) {
  struct stat about {};
  if (calls != nullptr && fstat(fd, &about) == 0 && S_ISDIR(about.st_mode)) {
    calls->push_back("sync of directory " + std::to_string(about.st_ino));
    if (fail_sync) {
      errno = EIO;
      return -1;
    }
  }
  return static_cast<int>(syscall(SYS_fsync, fd));
}

namespace broadsheet::ingest {
namespace {

class ShardSyncTest : public testing::Test {
 protected:
  ShardSyncTest() {
    writer_ = ShardWriter::Create(Directory(), shard_, "lineage-1", 50);
    calls = &calls_;
  }
  ~ShardSyncTest() override {
    calls = nullptr;
    fail_sync = false;
  }

  std::filesystem::path Directory() const { return ShardDirectory(directory_.path(), shard_); }

  absl::Status WriteAndCommit() {
    const int64_t sequence = log_.Write("one", "A title", "text");
    const auto events = log_.Reader()(sequence - 1, {sequence, 1, 0});
    if (absl::Status applied = (*writer_)->Apply(Prepare(events->front())); !applied.ok()) return applied;
    return (*writer_)->Commit(sequence);
  }

  support::TempDirectory directory_;
  ShardEntry shard_ = NewShardEntry(1);
  EventLog log_;
  std::vector<std::string> calls_;
  absl::StatusOr<std::unique_ptr<ShardWriter>> writer_ = absl::UnknownError("");
};

TEST_F(ShardSyncTest, EachCommitEndsWithASyncOfTheDirectoryAfterItsRename) {
  ASSERT_TRUE(writer_.ok()) << writer_.status();
  struct stat about {};
  ASSERT_EQ(stat(Directory().c_str(), &about), 0);
  const std::string renamed = "rename to " + (Directory() / "iamglass").string();
  const std::string synced = "sync of directory " + std::to_string(about.st_ino);
  ASSERT_TRUE(WriteAndCommit().ok());
  ASSERT_TRUE(WriteAndCommit().ok());
  EXPECT_EQ(calls_, (std::vector<std::string>{renamed, synced, renamed, synced}));
}

TEST_F(ShardSyncTest, ADirectoryThatCannotBeSyncedIsFatal) {
  ASSERT_TRUE(writer_.ok()) << writer_.status();
  fail_sync = true;
  absl::Status status = WriteAndCommit();
  EXPECT_TRUE(absl::IsDataLoss(status)) << status;
  EXPECT_EQ(ReasonOf(status), "SYNC_FAILED");
  EXPECT_EQ((*writer_)->sequence(), 0) << "not known to be durable";
}

}  // namespace
}  // namespace broadsheet::ingest
