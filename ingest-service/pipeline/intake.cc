#include "ingest/pipeline/intake.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "google/protobuf/util/time_util.h"
#include "ingest/archive/decide.h"
#include "ingest/archive/record.h"

namespace broadsheet::ingest {
namespace {

constexpr absl::Duration kBusyDelay = absl::Milliseconds(200);
constexpr absl::Duration kStoppingDelay = absl::Seconds(2);
constexpr size_t kReserve = 8;  // one part in so many is kept for lanes with nothing in flight

const absl::Status& Busy() {
  static const auto* const kStatus = new absl::Status(RetryableError(
      absl::StatusCode::kResourceExhausted, "BUSY",
      "too many articles are in flight; try again after the delay, or use StreamArticles, which waits", kBusyDelay));
  return *kStatus;
}

absl::Status Stopping() {
  return RetryableError(absl::StatusCode::kUnavailable, "STOPPING",
                        "the service is stopping; try again after the delay", kStoppingDelay);
}

size_t BytesOf(const Intake::Operation& operation) {
  return std::visit([](const auto& message) { return message.ByteSizeLong(); }, operation);
}

}  // namespace

struct Intake::Slot {
  Operation operation;  // until it is prepared
  Done done;
  size_t bytes = 0;
  std::optional<Record> record;  // once it is prepared
};

// Guarded by Intake::mutex_.
struct Intake::LaneState {
  std::deque<std::shared_ptr<Slot>> slots;  // taken and not yet with the writer, in order
  size_t articles = 0;                      // in flight, those with the writer too
  size_t bytes = 0;
  std::function<void()> waiter;
  bool queued = false;   // it is in Intake::waiting_
  bool granted = false;  // its callback runs and room is kept for it
};

Intake::Intake(Archive& archive, ArchiveWriter& writer, DiskGuard& disk, Executor& executor, const Clock& clock,
               IntakeStages stages, const IntakeOptions& options)
    : archive_(archive),
      writer_(writer),
      disk_(disk),
      executor_(executor),
      clock_(clock),
      stages_(std::move(stages)),
      options_(options) {}

Intake::~Intake() {
  Stop();
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return articles_ == 0 && finishing_ == 0 && !waking_; });
}

std::unique_ptr<Intake::Lane> Intake::OpenLane() {
  return std::unique_ptr<Lane>(new Lane(*this, std::make_shared<LaneState>()));
}

absl::StatusOr<IntakePreview> Intake::Preview(const v1::RawArticle& raw) {
  IntakePreview preview;
  auto prepared = stages_.prepare(raw);
  if (const auto* rejection = std::get_if<Rejection>(&prepared)) {
    preview.result = DecideRejection(*rejection).result;
    preview.result.set_lineage(archive_.lineage());
    return preview;
  }
  EnrichedArticle& enriched = std::get<EnrichedArticle>(prepared);
  absl::Time now = clock_.Now();
  absl::StatusOr<v1::IngestResult> result = archive_.Preview(MakeRecord(enriched, archive_.dictionaries()), now);
  if (!result.ok()) return result.status();
  preview.result = *std::move(result);
  preview.edits = std::move(enriched.edits);
  if (preview.result.outcome() == v1::OUTCOME_REJECTED) return preview;
  preview.article = std::move(enriched.article);
  preview.article->set_id(preview.result.article_id());
  preview.article->set_duplicate_of(preview.result.duplicate_of());
  *preview.article->mutable_updated_time() = google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
      absl::ToUnixMicros(enriched.updated_time.value_or(now)));
  return preview;
}

void Intake::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  WakeWaiters();
}

absl::Status Intake::Accepting() {
  {
    std::lock_guard lock(mutex_);
    if (stopping_) return Stopping();
  }
  return disk_.Check();
}

IntakeState Intake::state() const {
  IntakeState state;
  {
    std::lock_guard lock(mutex_);
    state.articles_in_flight = articles_;
    state.bytes_in_flight = bytes_;
  }
  for (size_t i = 0; i < outcomes_.size(); ++i)
    state.outcomes[i] = outcomes_[i].load(std::memory_order_relaxed);
  return state;
}

bool Intake::IsBusy(const absl::Status& status) {
  return status.code() == absl::StatusCode::kResourceExhausted && ReasonOf(status) == "BUSY";
}

bool Intake::LaneHasRoom(const LaneState& lane) const {
  return lane.articles < options_.lane_articles && lane.bytes < options_.lane_bytes;
}

bool Intake::AllHaveRoom(const LaneState& lane) const {
  bool newcomer = lane.articles == 0;
  size_t articles = newcomer ? options_.max_articles : options_.max_articles - options_.max_articles / kReserve;
  size_t bytes = newcomer ? options_.max_bytes : options_.max_bytes - options_.max_bytes / kReserve;
  return articles_ + grants_ < articles && bytes_ < bytes;
}

absl::Status Intake::TrySubmit(const std::shared_ptr<LaneState>& lane, Operation& operation, Done done) {
  if (absl::Status status = Accepting(); !status.ok()) return status;
  size_t bytes = BytesOf(operation);
  std::lock_guard lock(mutex_);
  if (stopping_) return Stopping();
  if (!LaneHasRoom(*lane)) return Busy();
  if (!lane->granted) {
    // Room that comes free belongs to those who wait for it.
    bool others_first = lane->articles > 0 && !waiting_.empty();
    if (others_first || !AllHaveRoom(*lane)) return Busy();
  }
  auto slot = std::make_shared<Slot>();
  // The task cannot look at the slot before the lock is released.
  if (!executor_.TrySubmit([this, lane, slot] { Prepare(lane, slot); })) return Stopping();
  slot->operation = std::move(operation);
  slot->done = std::move(done);
  slot->bytes = bytes;
  lane->slots.push_back(slot);
  lane->articles += 1;
  lane->bytes += bytes;
  articles_ += 1;
  bytes_ += bytes;
  if (std::exchange(lane->granted, false)) --grants_;
  return absl::OkStatus();
}

void Intake::Prepare(const std::shared_ptr<LaneState>& lane, const std::shared_ptr<Slot>& slot) {
  Operation operation;
  {
    std::lock_guard lock(mutex_);
    operation = std::move(slot->operation);
  }
  Record record = Run(operation);
  {
    std::lock_guard lock(mutex_);
    slot->record = std::move(record);
  }
  Forward(lane);
}

Record Intake::Run(const Operation& operation) const {
  if (const auto* deletion = std::get_if<v1::Deletion>(&operation)) {
    auto prepared = stages_.prepare_deletion(*deletion);
    if (auto* rejection = std::get_if<Rejection>(&prepared)) return std::move(*rejection);
    return std::move(std::get<DeletionRecord>(prepared));
  }
  auto prepared = stages_.prepare(std::get<v1::RawArticle>(operation));
  if (auto* rejection = std::get_if<Rejection>(&prepared)) return std::move(*rejection);
  return MakeRecord(std::get<EnrichedArticle>(prepared), archive_.dictionaries());
}

void Intake::Forward(const std::shared_ptr<LaneState>& lane) {
  std::vector<std::pair<std::shared_ptr<Slot>, absl::Status>> refused;
  {
    // The lock is held while appending: two workers of one lane must not change places.
    std::lock_guard lock(mutex_);
    while (!lane->slots.empty() && lane->slots.front()->record.has_value()) {
      std::shared_ptr<Slot> slot = std::move(lane->slots.front());
      lane->slots.pop_front();
      absl::Status status = writer_.Append(
          *std::move(slot->record),
          [this, lane, slot](absl::StatusOr<v1::IngestResult> result) { Finish(lane, slot, std::move(result)); });
      if (!status.ok()) refused.emplace_back(std::move(slot), std::move(status));
    }
  }
  for (auto& [slot, status] : refused)
    Finish(lane, slot, status);
}

void Intake::Finish(const std::shared_ptr<LaneState>& lane, const std::shared_ptr<Slot>& slot,
                    absl::StatusOr<v1::IngestResult> result) {
  if (result.ok() && result->outcome() >= 0 && result->outcome() < v1::Outcome_ARRAYSIZE) {
    outcomes_[result->outcome()].fetch_add(1, std::memory_order_relaxed);
  }
  std::exchange(slot->done, nullptr)(std::move(result));
  Release(lane, slot->bytes);
  WakeWaiters();
  std::lock_guard lock(mutex_);
  --finishing_;
  idle_.notify_all();
}

void Intake::Release(const std::shared_ptr<LaneState>& lane, size_t bytes) {
  std::lock_guard lock(mutex_);
  ++finishing_;
  lane->articles -= 1;
  lane->bytes -= bytes;
  articles_ -= 1;
  bytes_ -= bytes;
  if (lane->waiter != nullptr && !lane->queued && LaneHasRoom(*lane)) {
    lane->queued = true;
    waiting_.push_back(lane);
  }
}

void Intake::OnRoom(const std::shared_ptr<LaneState>& lane, std::function<void()> callback) {
  {
    std::lock_guard lock(mutex_);
    lane->waiter = std::move(callback);
    if (!lane->queued && (LaneHasRoom(*lane) || stopping_)) {
      lane->queued = true;
      waiting_.push_back(lane);
    }
  }
  WakeWaiters();
}

void Intake::CloseLane(const std::shared_ptr<LaneState>& lane) {
  std::function<void()> waiter;  // destroyed outside the lock
  std::lock_guard lock(mutex_);
  waiter = std::exchange(lane->waiter, nullptr);
  if (std::exchange(lane->queued, false)) std::erase(waiting_, lane);
}

// One thread at a time, and never from inside a callback: whoever changes the state while it runs leaves the rest to
// it. Otherwise a callback that submits and waits again would nest without end.
void Intake::WakeWaiters() {
  std::unique_lock lock(mutex_);
  if (waking_) return;
  waking_ = true;
  while (!waiting_.empty() && (stopping_ || AllHaveRoom(*waiting_.front()))) {
    std::shared_ptr<LaneState> lane = std::move(waiting_.front());
    waiting_.pop_front();
    lane->queued = false;
    std::function<void()> callback = std::exchange(lane->waiter, nullptr);
    lane->granted = true;
    ++grants_;
    lock.unlock();
    callback();
    callback = nullptr;
    lock.lock();
    if (std::exchange(lane->granted, false)) --grants_;
  }
  waking_ = false;
  idle_.notify_all();
}

Intake::Lane::Lane(Intake& intake, std::shared_ptr<LaneState> state) : intake_(intake), state_(std::move(state)) {}

Intake::Lane::~Lane() {
  intake_.CloseLane(state_);
}

absl::Status Intake::Lane::TrySubmit(Operation& operation, Done done) {
  return intake_.TrySubmit(state_, operation, std::move(done));
}

void Intake::Lane::OnRoom(std::function<void()> callback) {
  intake_.OnRoom(state_, std::move(callback));
}

}  // namespace broadsheet::ingest
