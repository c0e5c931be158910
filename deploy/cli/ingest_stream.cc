#include "cli/ingest_stream.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/error.h"
#include "common/rpc/grpc_status.h"

namespace broadsheet::cli {
namespace {

constexpr absl::Duration kFirstBackoff = absl::Milliseconds(100);
constexpr absl::Duration kMaxBackoff = absl::Seconds(5);

// Whether the same stream may work later: the service is busy, stopping, gone, or was killed.
bool IsWorthATry(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsResourceExhausted(status) || absl::IsAborted(status) ||
         absl::IsCancelled(status);
}

}  // namespace

IngestStream::IngestStream(IngestClient& client, IngestStreamOptions options, OnResult on_result)
    : client_(client), options_(options), on_result_(std::move(on_result)), backoff_(kFirstBackoff) {
  StartConnection();
}

IngestStream::~IngestStream() {
  if (context_ != nullptr) {
    context_->TryCancel();
    EndConnection().IgnoreError();
  }
}

absl::Status IngestStream::Send(Item item) {
  const size_t bytes = item.request.ByteSizeLong();
  const absl::Status room = WaitUntil([this, bytes] { return HasRoom(bytes); });
  if (!room.ok()) {
    return room;
  }
  {
    const std::lock_guard lock(mutex_);
    pending_.push_back(std::make_shared<Item>(std::move(item)));
    pending_bytes_ += bytes;
  }
  return SendPending();
}

absl::Status IngestStream::Finish() {
  while (true) {
    if (absl::Status sent = SendPending(); !sent.ok()) {
      return sent;
    }
    connection_->WritesDone();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return pending_.empty() || broken_; });
    const bool done = pending_.empty();
    lock.unlock();
    if (done) {
      EndConnection().IgnoreError();
      return absl::OkStatus();
    }
    if (absl::Status recovered = Recover(); !recovered.ok()) {
      return recovered;
    }
  }
}

// Writes what has not been written to this connection, and connects again as often as it takes.
absl::Status IngestStream::SendPending() {
  while (true) {
    std::shared_ptr<Item> next;
    {
      const std::lock_guard lock(mutex_);
      if (!broken_ && sent_ == pending_.size()) {
        return absl::OkStatus();
      }
      if (!broken_) {
        next = pending_[sent_++];  // counted before it is written: its result may come while Write returns
      }
    }
    if (next != nullptr && connection_->Write(next->request)) {
      continue;
    }
    if (absl::Status recovered = Recover(); !recovered.ok()) {
      return recovered;
    }
  }
}

absl::Status IngestStream::WaitUntil(const std::function<bool()>& reached) {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return reached() || broken_; });
      if (reached()) {
        return absl::OkStatus();
      }
    }
    if (absl::Status recovered = Recover(); !recovered.ok()) {
      return recovered;
    }
    if (absl::Status sent = SendPending(); !sent.ok()) {
      return sent;
    }
  }
}

bool IngestStream::HasRoom(size_t bytes) const {
  return pending_.empty() ||
         (pending_.size() < options_.max_in_flight && pending_bytes_ + bytes <= options_.max_bytes_in_flight);
}

void IngestStream::StartConnection() {
  context_ = std::make_unique<grpc::ClientContext>();
  connection_ = client_.StreamArticles(context_.get());
  {
    const std::lock_guard lock(mutex_);
    sent_ = 0;
    broken_ = false;
  }
  reader_ = std::thread([this] { ReadResults(); });
}

absl::Status IngestStream::EndConnection() {
  reader_.join();
  const grpc::Status status = connection_->Finish();
  connection_.reset();
  context_.reset();
  return FromGrpcStatus(status);
}

absl::Status IngestStream::Recover() {
  {
    const std::lock_guard lock(mutex_);
    if (!confused_.ok()) {
      context_->TryCancel();  // only then: otherwise the service's own status would be lost
    }
  }
  absl::Status status = EndConnection();
  if (!confused_.ok()) {
    return confused_;
  }
  if (status.ok()) {
    status = absl::UnavailableError("the service ended the stream before it had answered everything");
  }
  failing_since_ = std::min(failing_since_, absl::Now());  // no lock: the reader has ended
  if (!IsWorthATry(status) || absl::Now() - failing_since_ > options_.patience) {
    return status;
  }
  absl::SleepFor(std::max(backoff_, RetryDelayOf(status)));
  backoff_ = std::min(backoff_ * 2, kMaxBackoff);
  StartConnection();
  return absl::OkStatus();
}

void IngestStream::ReadResults() {
  v1::StreamArticlesResponse response;
  while (connection_->Read(&response)) {
    std::shared_ptr<Item> item;
    {
      const std::lock_guard lock(mutex_);
      if (sent_ == 0 || pending_.front()->request.correlation_id() != response.correlation_id()) {
        confused_ = absl::InternalError(absl::StrCat("the answer \"", response.correlation_id(),
                                                     "\" does not belong to the article that is next in order"));
        break;
      }
      item = pending_.front();
    }
    on_result_(*item, response.result());
    const std::lock_guard lock(mutex_);
    pending_.pop_front();
    --sent_;
    pending_bytes_ -= item->request.ByteSizeLong();
    failing_since_ = absl::InfiniteFuture();
    backoff_ = kFirstBackoff;
    changed_.notify_all();
  }
  const std::lock_guard lock(mutex_);
  broken_ = true;
  changed_.notify_all();
}

}  // namespace broadsheet::cli
