#include "ingest/rpc/write_call.h"

#include <algorithm>
#include <utility>

#include "ingest/rpc/visible_wait.h"

namespace broadsheet::ingest {

void WriteCall::Start(Intake& intake, Indexer& indexer, std::shared_ptr<Call> call, Plan plan) {
  std::shared_ptr<WriteCall> writes(new WriteCall(intake, indexer, std::move(call), std::move(plan)));
  writes->Submit();
}

WriteCall::WriteCall(Intake& intake, Indexer& indexer, std::shared_ptr<Call> call, Plan plan)
    : indexer_(indexer),
      call_(std::move(call)),
      lane_(intake.OpenLane()),
      plan_(std::move(plan)),
      results_(plan_.operations) {}

// Once it has asked for room it must not touch anything: the callback may run on another thread by then.
void WriteCall::Submit() {
  for (;;) {
    absl::Status submitted;
    bool waits = false;
    {
      std::lock_guard lock(mutex_);
      if (finished_ || submitted_ == plan_.operations) return;
      submitted = call_->context().Expired() ? ExpiredStatus(call_->context()) : SubmitNext();
      waits = Intake::IsBusy(submitted) && submitted_ > 0;
    }
    if (submitted.ok()) continue;
    if (!waits) return Fail(submitted);
    return lane_->OnRoom([self = shared_from_this()] { self->Submit(); });
  }
}

// The request is read under the lock: it is gone once the call is finished.
absl::Status WriteCall::SubmitNext() {
  Intake::Operation operation = plan_.make(submitted_);
  auto done = [self = shared_from_this(), i = submitted_](absl::StatusOr<v1::IngestResult> result) {
    self->OnResult(i, std::move(result));
  };
  absl::Status status = lane_->TrySubmit(operation, std::move(done));
  if (status.ok()) ++submitted_;
  return status;
}

void WriteCall::OnResult(int i, absl::StatusOr<v1::IngestResult> result) {
  if (!result.ok()) return Fail(result.status());
  {
    std::lock_guard lock(mutex_);
    if (finished_) return;
    results_[i] = *std::move(result);
    if (++durable_ < plan_.operations) return;
  }
  AllDurable();
}

void WriteCall::AllDurable() {
  int64_t newest = 0;
  for (const auto& result : results_)
    newest = std::max(newest, result.sequence());
  if (!AsksVisible(plan_.acknowledge)) return Answer(0);
  call_->WhenCancelled([weak = weak_from_this()] {
    if (auto self = weak.lock()) self->Fail(ExpiredStatus(self->call_->context()));
  });
  AwaitVisible(indexer_, newest, call_->context().deadline(),
               [self = shared_from_this()](int64_t visible) { self->Answer(visible); });
}

void WriteCall::Answer(int64_t visible_sequence) {
  std::lock_guard lock(mutex_);
  if (std::exchange(finished_, true)) return;
  if (AsksVisible(plan_.acknowledge)) {
    for (auto& result : results_)
      MarkVisibility(result, visible_sequence);
  }
  plan_.respond(std::move(results_));
  call_->Finish(absl::OkStatus());
  plan_.place.reset();
}

void WriteCall::Fail(const absl::Status& status) {
  std::lock_guard lock(mutex_);
  if (std::exchange(finished_, true)) return;
  call_->Finish(status);
  plan_.place.reset();
}

}  // namespace broadsheet::ingest
