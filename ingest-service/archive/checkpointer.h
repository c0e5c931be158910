#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "ingest/archive/sqlite.h"

namespace broadsheet::ingest {

// Copies the write-ahead log into the database on a thread of its own, in steps, while the writer goes on. Only when
// the log has grown to its limit does the writer wait, for the little that a step just left over, so that the log can
// begin anew. When nothing was written for kRest, the log is emptied: it takes no disk while the archive rests.
class Checkpointer {
 public:
  static constexpr std::chrono::seconds kRest{2};

  // A step after each `step_pages` of log; the log begins anew after `restart_pages`. `on_error` is called from its
  // thread when a step failed for another reason than readers in its way: the disk is not to be trusted.
  Checkpointer(Connection& connection, int64_t step_pages, int64_t restart_pages,
               std::function<void(const absl::Status&)> on_error);

  // Waits for the step under way.
  ~Checkpointer();

  // Tells it how long the log is, after a commit.
  void Notify(int64_t log_pages);

 private:
  enum class Task { kEnd, kStep, kRestart, kEmpty };

  void Work();
  Task WaitForTask();
  absl::Status Run(Task task);
  void Emptied();

  Connection& connection_;
  const int64_t step_pages_;
  const int64_t restart_pages_;
  const std::function<void(const absl::Status&)> on_error_;

  std::mutex mutex_;
  std::condition_variable ready_;
  int64_t log_pages_ = 0;
  int64_t copied_pages_ = 0;  // length of the log at the last step
  int64_t commits_ = 0;
  int64_t commits_at_rest_ = 0;  // when it was last decided to empty the log
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace broadsheet::ingest
