#pragma once

#include <chrono>
#include <filesystem>

namespace broadsheet::crash {

// Sees commits of the index from outside, by the files they write (inotify): Xapian writes the tables of a shard while
// it flushes or commits, and ends a commit by renaming the new version file to "iamglass".
class CommitWatch {
 public:
  // Watches every shard below `index`. Throws std::runtime_error when it cannot.
  explicit CommitWatch(const std::filesystem::path& index);
  ~CommitWatch();

  CommitWatch(const CommitWatch&) = delete;
  CommitWatch& operator=(const CommitWatch&) = delete;

  // Waits until a table of a shard is written. False at the timeout.
  bool WaitForWrite(std::chrono::milliseconds timeout);

  // Whether, by all that was seen so far, a commit had begun to write and not ended.
  bool InsideCommit();

 private:
  void Read(std::chrono::milliseconds timeout);

  int fd_;
  bool writing_ = false;
};

}  // namespace broadsheet::crash
