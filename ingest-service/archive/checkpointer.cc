#include "ingest/archive/checkpointer.h"

#include <utility>

#include "common/base/logging.h"

namespace broadsheet::ingest {

Checkpointer::Checkpointer(Connection& connection, int64_t step_pages, int64_t restart_pages,
                           std::function<void(const absl::Status&)> on_error)
    : connection_(connection),
      step_pages_(step_pages),
      restart_pages_(restart_pages),
      on_error_(std::move(on_error)),
      thread_([this] { Work(); }) {}

Checkpointer::~Checkpointer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_one();
  thread_.join();
}

void Checkpointer::Notify(int64_t log_pages) {
  {
    std::lock_guard lock(mutex_);
    ++commits_;
    const bool rested = log_pages_ == 0;
    if (log_pages < copied_pages_) copied_pages_ = 0;  // the log began anew
    log_pages_ = log_pages;
    if (!rested && log_pages_ - copied_pages_ < step_pages_) return;
  }
  ready_.notify_one();
}

void Checkpointer::Work() {
  for (Task task = WaitForTask(); task != Task::kEnd; task = WaitForTask()) {
    absl::Status status = Run(task);
    if (status.ok()) continue;
    on_error_(status);
    return;
  }
}

Checkpointer::Task Checkpointer::WaitForTask() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (log_pages_ - copied_pages_ >= step_pages_) {
      copied_pages_ = log_pages_;
      return log_pages_ >= restart_pages_ ? Task::kRestart : Task::kStep;
    }
    commits_at_rest_ = commits_;
    if (log_pages_ == 0) {
      ready_.wait(lock);
    } else if (ready_.wait_for(lock, kRest) == std::cv_status::timeout && commits_ == commits_at_rest_) {
      return Task::kEmpty;
    }
  }
  return Task::kEnd;
}

absl::Status Checkpointer::Run(Task task) {
  absl::Status status = connection_.RunCheckpoint(Connection::Checkpoint::kPassive);
  if (status.ok() && task == Task::kRestart) status = connection_.RunCheckpoint(Connection::Checkpoint::kRestart);
  if (status.ok() && task == Task::kEmpty) {
    status = connection_.RunCheckpoint(Connection::Checkpoint::kTruncate);
    if (status.ok()) Emptied();
  }
  if (status.code() != absl::StatusCode::kUnavailable) return status;
  LogDebug("archive checkpoint was in a reader's way and will be tried again");
  return absl::OkStatus();
}

// Unless a commit came meanwhile.
void Checkpointer::Emptied() {
  std::lock_guard lock(mutex_);
  if (commits_ == commits_at_rest_) log_pages_ = copied_pages_ = 0;
}

}  // namespace broadsheet::ingest
