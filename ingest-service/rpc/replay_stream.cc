#include "ingest/rpc/replay_stream.h"

#include <utility>

#include "common/rpc/grpc_status.h"
#include "ingest/rpc/replay_request.h"

namespace broadsheet::ingest {

std::shared_ptr<ReplayStream> ReplayStream::Start(Replayer& replayer, std::string lineage, ReplayPlan plan,
                                                  MethodMetrics& metrics, grpc::CallbackServerContext* context,
                                                  const absl::Status& refused) {
  std::shared_ptr<ReplayStream> stream(
      new ReplayStream(replayer, std::move(lineage), std::move(plan), metrics, context));
  stream->self_ = stream;
  if (!refused.ok()) stream->Close(refused);
  return stream;
}

ReplayStream::ReplayStream(Replayer& replayer, std::string lineage, ReplayPlan plan, MethodMetrics& metrics,
                           grpc::CallbackServerContext* context)
    : replayer_(replayer), lineage_(std::move(lineage)), plan_(std::move(plan)), record_(metrics, *context) {}

void ReplayStream::Work() {
  absl::Status status =
      replayer_.Run(plan_, stop_, [this](v1::ReplayArticlesResponse message, int64_t after, int64_t through) {
        return Send(std::move(message), after, through);
      });
  {
    std::lock_guard lock(mutex_);
    if (!ending_.ok() && !status.ok()) status = ending_;
  }
  Close(status);
}

bool ReplayStream::Send(v1::ReplayArticlesResponse message, int64_t after, int64_t through) {
  message.set_token(MakeReplayToken(plan_.filter, lineage_, after, through));
  message.set_lineage(lineage_);
  std::unique_lock lock(mutex_);
  if (!reachable_) return false;
  response_ = std::move(message);
  writing_ = true;
  lock.unlock();
  StartWrite(&response_);
  lock.lock();
  written_.wait(lock, [this] { return !writing_; });
  return reachable_ && !stop_.stopped();
}

void ReplayStream::Close(const absl::Status& status) {
  record_.End(status);
  Finish(ToGrpcStatus(status));
}

void ReplayStream::End(const absl::Status& status) {
  {
    std::lock_guard lock(mutex_);
    if (ending_.ok()) ending_ = status;
  }
  stop_.Stop();
}

void ReplayStream::OnWriteDone(bool ok) {
  {
    std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) reachable_ = false;
  }
  written_.notify_all();
}

void ReplayStream::OnCancel() {
  stop_.Stop();
}

void ReplayStream::OnDone() {
  const auto last = std::move(self_);
}

}  // namespace broadsheet::ingest
