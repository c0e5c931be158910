#include "ingest/rpc/article_stream.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "common/rpc/grpc_status.h"
#include "common/text/unicode.h"
#include "ingest/rpc/validation.h"
#include "ingest/rpc/visible_wait.h"

namespace broadsheet::ingest {
namespace {

Intake::Operation TakeOperation(v1::StreamArticlesRequest& request) {
  if (request.has_article()) return std::move(*request.mutable_article());
  return std::move(*request.mutable_deletion());
}

absl::Status Cancelled() {
  return ErrorWithReason(absl::StatusCode::kCancelled, "CANCELLED", "the stream was cancelled");
}

}  // namespace

std::shared_ptr<ArticleStream> ArticleStream::Start(StreamContext& shared, MethodMetrics& metrics,
                                                    grpc::CallbackServerContext* context,
                                                    std::shared_ptr<const void> place, const absl::Status& refused) {
  std::shared_ptr<ArticleStream> stream(new ArticleStream(shared, metrics, context, std::move(place)));
  stream->self_ = stream;
  if (!refused.ok()) stream->ending_ = refused;
  stream->Advance();
  return stream;
}

ArticleStream::ArticleStream(StreamContext& shared, MethodMetrics& metrics, grpc::CallbackServerContext* context,
                             std::shared_ptr<const void> place)
    : shared_(shared),
      record_(metrics, *context),
      deadline_(absl::FromChrono(context->deadline())),
      place_(std::move(place)),
      lane_(shared.intake.OpenLane()) {}

void ArticleStream::Advance() {
  for (;;) {
    Step step;
    absl::Status status;
    {
      std::lock_guard lock(mutex_);
      step = NextStep();
      if (step == Step::kFinish) status = *ending_;
    }
    switch (step) {
      case Step::kNone:
        return;
      case Step::kRead:
        StartRead(&request_);
        break;
      case Step::kSubmit:
        Submit();
        break;
      case Step::kWrite:
        StartWrite(&response_, write_options_);
        break;
      case Step::kAwaitVisible:
        AwaitHeadVisible();
        break;
      case Step::kFinish:
        record_.End(status);
        Finish(ToGrpcStatus(status));
        return;
    }
  }
}

ArticleStream::Step ArticleStream::NextStep() {
  if (finished_) return Step::kNone;
  if (const Step step = NextResultStep(); step != Step::kNone) return step;
  if (ending_.has_value()) {
    if (!owed_.empty() || writing_ || in_lane_ > 0) return Step::kNone;
    finished_ = true;
    return Step::kFinish;
  }
  if (submitting_ || awaiting_room_) return Step::kNone;  // what is read next must not overtake it
  if (next_ != nullptr) {
    submitting_ = true;
    ++in_lane_;
    return Step::kSubmit;
  }
  if (reading_ || owed_.size() >= shared_.max_unread_results) return Step::kNone;
  reading_ = true;
  return Step::kRead;
}

// Results that are followed at once by others share a packet with them. Not the first one: it carries the initial
// metadata, and gRPC does not call such a write done before it has gone out, which a buffered one does not by itself.
ArticleStream::Step ArticleStream::NextResultStep() {
  if (owed_.empty() || writing_ || !owed_.front()->ready) return Step::kNone;
  if (CanSend(*owed_.front())) {
    response_ = std::move(owed_.front()->response);
    owed_.pop_front();
    write_options_ = grpc::WriteOptions();
    if (written_ && !owed_.empty() && CanSend(*owed_.front())) write_options_.set_buffer_hint();
    written_ = true;
    writing_ = true;
    return Step::kWrite;
  }
  if (awaiting_visible_) return Step::kNone;
  awaiting_visible_ = true;
  return Step::kAwaitVisible;
}

bool ArticleStream::CanSend(const Owed& owed) {
  return owed.ready && (!owed.visible_asked || owed.visibility_known || owed.response.result().sequence() == 0);
}

void ArticleStream::OnReadDone(bool ok) {
  {
    std::lock_guard lock(mutex_);
    reading_ = false;
    if (!ok && !ending_.has_value()) ending_ = absl::OkStatus();
    if (!ending_.has_value()) TakeRequest();
  }
  Advance();
}

void ArticleStream::TakeRequest() {
  next_ = std::make_shared<Owed>();
  next_->visible_asked = AsksVisible(request_.acknowledge());
  const auto rejection = Validate(request_);
  if (!rejection.has_value()) {
    next_operation_ = TakeOperation(request_);
  } else {
    auto* result = next_->response.mutable_result();
    result->set_outcome(v1::OUTCOME_REJECTED);
    result->set_lineage(shared_.lineage);
    result->set_reason(rejection->reason);
    result->set_field(rejection->field);
    result->set_message(rejection->message);
    next_->ready = true;
    shared_.rejected_unasked.fetch_add(1, std::memory_order_relaxed);
  }
  next_->response.set_correlation_id(std::string(TruncateUtf8(request_.correlation_id(), kMaxCorrelationIdBytes)));
}

// Owed before it is submitted: the result may come before TrySubmit returns.
void ArticleStream::Submit() {
  std::shared_ptr<Owed> owed;
  std::optional<Intake::Operation> operation;
  {
    std::lock_guard lock(mutex_);
    owed.swap(next_);
    operation.swap(next_operation_);
    if (owed != nullptr) owed_.push_back(owed);
  }
  absl::Status submitted;
  if (operation.has_value()) {
    submitted =
        lane_->TrySubmit(*operation, [self = shared_from_this(), owed](absl::StatusOr<v1::IngestResult> result) {
          self->OnResult(owed, std::move(result));
        });
  }
  if (Settle(submitted, owed, operation)) {
    lane_->OnRoom([self = shared_from_this()] {
      {
        std::lock_guard lock(self->mutex_);
        self->awaiting_room_ = false;
      }
      self->Advance();
    });
  }
  std::lock_guard lock(mutex_);
  --in_lane_;
}

// Returns whether to wait for room.
bool ArticleStream::Settle(const absl::Status& submitted, const std::shared_ptr<Owed>& owed,
                           std::optional<Intake::Operation>& operation) {
  std::lock_guard lock(mutex_);
  submitting_ = false;
  if (submitted.ok()) return false;
  if (!owed_.empty() && owed_.back() == owed) owed_.pop_back();
  if (ending_.has_value()) return false;
  if (!Intake::IsBusy(submitted)) {
    ending_ = submitted;
    return false;
  }
  next_ = owed;
  next_operation_.swap(operation);
  awaiting_room_ = true;
  return true;
}

void ArticleStream::OnResult(const std::shared_ptr<Owed>& owed, absl::StatusOr<v1::IngestResult> result) {
  {
    std::lock_guard lock(mutex_);
    if (result.ok()) {
      *owed->response.mutable_result() = *std::move(result);
      owed->ready = true;
    } else {  // nothing is known of it or of those after it
      owed_.erase(std::find(owed_.begin(), owed_.end(), owed), owed_.end());
      next_.reset();
      if (!ending_.has_value() || ending_->ok()) ending_ = result.status();
    }
  }
  Advance();
}

void ArticleStream::AwaitHeadVisible() {
  std::shared_ptr<Owed> head;
  {
    std::lock_guard lock(mutex_);
    if (owed_.empty()) {  // cancelled in between
      awaiting_visible_ = false;
      return;
    }
    head = owed_.front();
  }
  AwaitVisible(shared_.indexer, head->response.result().sequence(), deadline_,
               [self = shared_from_this(), head](int64_t visible) {
                 {
                   std::lock_guard lock(self->mutex_);
                   MarkVisibility(*head->response.mutable_result(), visible);
                   head->visibility_known = true;
                   self->awaiting_visible_ = false;
                 }
                 self->Advance();
               });
}

void ArticleStream::OnWriteDone(bool ok) {
  {
    std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) {  // the caller is gone
      owed_.clear();
      next_.reset();
      ending_ = Cancelled();
    }
  }
  Advance();
}

void ArticleStream::OnCancel() {
  {
    std::lock_guard lock(mutex_);
    owed_.clear();
    next_.reset();
    ending_ = Cancelled();
  }
  Advance();
}

void ArticleStream::End(const absl::Status& status) {
  {
    std::lock_guard lock(mutex_);
    if (ending_.has_value()) return;
    ending_ = status;
    next_.reset();
  }
  Advance();
}

void ArticleStream::OnDone() {
  lane_.reset();
  place_.reset();
  const auto last = std::move(self_);
}

}  // namespace broadsheet::ingest
