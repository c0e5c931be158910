#include "ingest/index/event_feed.h"

#include <algorithm>
#include <utility>

#include "common/index/xapian_status.h"

namespace broadsheet::ingest {
namespace {

// A prepared document takes about ten times the bytes of its text.
constexpr size_t kMaxReadyEvents = 64;
constexpr size_t kMaxReadyBytes = 2 << 20;
constexpr size_t kReadEvents = 64;
constexpr size_t kReadBytes = 1 << 20;

}  // namespace

EventFeed::EventFeed(EventReader read, int64_t after_sequence, int64_t durable_sequence)
    : read_(std::move(read)),
      durable_sequence_(durable_sequence),
      read_sequence_(after_sequence),
      thread_([this] { Run(); }) {}

EventFeed::~EventFeed() {
  Close();
  thread_.join();
}

void EventFeed::Notify(int64_t sequence) {
  {
    std::lock_guard lock(mutex_);
    durable_sequence_ = std::max(durable_sequence_, sequence);
  }
  changed_.notify_all();
}

absl::StatusOr<std::optional<PreparedEvent>> EventFeed::Next(std::optional<Time> until) {
  std::unique_lock lock(mutex_);
  auto something = [this] { return closed_ || nudged_ || !ready_.empty() || !failure_.ok(); };
  if (until.has_value()) {
    changed_.wait_until(lock, *until, something);
  } else {
    changed_.wait(lock, something);
  }
  nudged_ = false;
  if (closed_) return std::nullopt;
  if (ready_.empty()) {
    if (!failure_.ok()) return failure_;
    return std::nullopt;
  }
  PreparedEvent event = std::move(ready_.front());
  ready_.pop_front();
  ready_bytes_ -= event.bytes;
  lock.unlock();
  changed_.notify_all();
  return event;
}

void EventFeed::Sleep(Time until) {
  std::unique_lock lock(mutex_);
  changed_.wait_until(lock, until, [this] { return closed_; });
}

void EventFeed::Restart(int64_t after_sequence) {
  {
    std::lock_guard lock(mutex_);
    ++epoch_;
    read_sequence_ = after_sequence;
    ready_.clear();
    ready_bytes_ = 0;
    failure_ = absl::OkStatus();
  }
  changed_.notify_all();
}

void EventFeed::Close() {
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

bool EventFeed::closed() const {
  std::lock_guard lock(mutex_);
  return closed_;
}

bool EventFeed::caught_up() const {
  std::lock_guard lock(mutex_);
  return !preparing_ && ready_.empty() && read_sequence_ >= durable_sequence_;
}

int64_t EventFeed::durable_sequence() const {
  std::lock_guard lock(mutex_);
  return durable_sequence_;
}

void EventFeed::Run() {
  while (std::optional<Work> work = WaitForWork()) {
    EventLimits limits{work->through_sequence, kReadEvents, kReadBytes};
    Deliver(*work, read_(work->after_sequence, limits));
  }
}

std::optional<EventFeed::Work> EventFeed::WaitForWork() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closed_ || (failure_.ok() && read_sequence_ < durable_sequence_ && HasRoom()); });
  if (closed_) return std::nullopt;
  preparing_ = true;
  return Work{epoch_, read_sequence_, durable_sequence_};
}

void EventFeed::Deliver(const Work& work, absl::StatusOr<std::vector<IndexEvent>> events) {
  int64_t reached = work.through_sequence;
  bool more = true;
  if (!events.ok()) {
    more = Offer(work.epoch, events.status());
  } else if (!events->empty()) {
    reached = events->back().sequence;
    for (const IndexEvent& event : *events) {
      if (more) more = Offer(work.epoch, CatchXapian([&] { return Prepare(event); }));
    }
  }
  {
    std::lock_guard lock(mutex_);
    preparing_ = false;
    if (more && epoch_ == work.epoch) read_sequence_ = reached;
    nudged_ = true;  // the writer may be waiting for an event that does not come
  }
  changed_.notify_all();
}

// False when the rest of the read is for nothing.
bool EventFeed::Offer(uint64_t epoch, absl::StatusOr<PreparedEvent> event) {
  const bool fine = event.ok();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return closed_ || epoch_ != epoch || HasRoom(); });
  if (closed_ || epoch_ != epoch) return false;
  if (fine) {
    ready_bytes_ += event->bytes;
    ready_.push_back(*std::move(event));
  } else {
    failure_ = event.status();
  }
  lock.unlock();
  changed_.notify_all();
  return fine;
}

bool EventFeed::HasRoom() const {
  return ready_.size() < kMaxReadyEvents && ready_bytes_ < kMaxReadyBytes;
}

}  // namespace broadsheet::ingest
