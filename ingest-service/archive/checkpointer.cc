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
    if (log_pages < copied_pages_) copied_pages_ = 0;  // the log began anew
    log_pages_ = log_pages;
    if (log_pages_ - copied_pages_ < step_pages_) return;
  }
  ready_.notify_one();
}

void Checkpointer::Work() {
  for (;;) {
    bool restart = false;
    {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return stopping_ || log_pages_ - copied_pages_ >= step_pages_; });
      if (stopping_) return;
      copied_pages_ = log_pages_;
      restart = log_pages_ >= restart_pages_;
    }
    absl::Status status = Step(restart);
    if (status.ok()) continue;
    on_error_(status);
    return;
  }
}

absl::Status Checkpointer::Step(bool restart) {
  absl::Status status = connection_.RunCheckpoint(Connection::Checkpoint::kPassive);
  if (status.ok() && restart) status = connection_.RunCheckpoint(Connection::Checkpoint::kRestart);
  if (status.code() != absl::StatusCode::kUnavailable) return status;
  LogDebug("archive checkpoint was in a reader's way and will be tried again");
  return absl::OkStatus();
}

}  // namespace broadsheet::ingest
