#include "common/rpc/stream_group.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/rpc/server_stream.h"

namespace broadsheet {
namespace {

constexpr absl::Duration kRetryDelay = absl::Seconds(5);
constexpr size_t kKeptUnswept = 64;

}  // namespace

StreamGroup::StreamGroup(StreamTurns& turns, std::string name, size_t capacity)
    : turns_(turns), name_(std::move(name)), capacity_(capacity) {}

absl::Status StreamGroup::Enter(const std::shared_ptr<StreamCall>& stream) {
  std::lock_guard lock(mutex_);
  if (!ended_.ok()) return ended_;
  if (open_ >= capacity_) {
    return RetryableError(
        absl::StatusCode::kResourceExhausted, "TOO_MANY_STREAMS",
        absl::StrCat("the limit of ", capacity_, " ", name_, " at once is reached; retry after the delay given"),
        kRetryDelay);
  }
  ++open_;
  if (streams_.size() >= 2 * open_ + kKeptUnswept) {
    std::erase_if(streams_, [](const auto& weak) { return weak.expired(); });
  }
  streams_.push_back(stream);
  return absl::OkStatus();
}

void StreamGroup::Leave() {
  std::lock_guard lock(mutex_);
  --open_;
}

void StreamGroup::WakeAll() {
  for (const auto& stream : Living())
    stream->Wake();
}

void StreamGroup::End(const absl::Status& status) {
  {
    std::lock_guard lock(mutex_);
    ended_ = status;
  }
  for (const auto& stream : Living())
    stream->End(status);
}

size_t StreamGroup::open() const {
  std::lock_guard lock(mutex_);
  return open_;
}

std::vector<std::shared_ptr<StreamCall>> StreamGroup::Living() {
  std::vector<std::shared_ptr<StreamCall>> living;
  std::lock_guard lock(mutex_);
  living.reserve(open_);
  for (const auto& weak : streams_) {
    if (auto stream = weak.lock()) living.push_back(std::move(stream));
  }
  return living;
}

}  // namespace broadsheet
