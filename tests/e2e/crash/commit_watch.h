#pragma once

#include <chrono>
#include <filesystem>

namespace broadsheet::crash {

// Sees commits of the index from outside, by the files they write (inotify): once the tables are synced, Xapian writes
// the new version to "v.tmp", syncs it, and ends the commit by renaming it to "iamglass".
class CommitWatch {
 public:
  // Watches every shard below `index`. Throws std::runtime_error when it cannot.
  explicit CommitWatch(const std::filesystem::path& index);
  ~CommitWatch();

  CommitWatch(const CommitWatch&) = delete;
  CommitWatch& operator=(const CommitWatch&) = delete;

  // Waits until a commit writes its version file. False at the timeout.
  bool WaitForCommit(std::chrono::milliseconds timeout);

  // Whether, by all that was seen so far, a commit has written its version file and not ended.
  bool InsideCommit();

 private:
  void Read(std::chrono::milliseconds timeout);

  int fd_;
  bool committing_ = false;
};

}  // namespace broadsheet::crash
