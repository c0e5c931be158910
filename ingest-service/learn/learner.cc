#include "ingest/learn/learner.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/logging.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kBatchBytes = 4 << 20;   // of articles, uncompressed
constexpr std::chrono::seconds kRest{2};  // without new articles, after which the log is emptied

}  // namespace

Learner::Learner(Archive& archive, const LearnerOptions& options)
    : archive_(archive),
      options_(options),
      judge_([threshold = options.threshold](const LineEvidence& line) { return IsBoilerplate(line, threshold); }),
      lines_(std::make_shared<LearnedLines>()) {}

absl::StatusOr<std::unique_ptr<Learner>> Learner::Start(Archive& archive, const LearnerOptions& options) {
  std::unique_ptr<Learner> learner(new Learner(archive, options));
  if (!options.enabled) return learner;
  const auto counts = archive.Counts();
  if (!counts.ok()) return counts.status();
  auto store = BoilerplateStore::Open(archive.directory(), archive.lineage(), counts->last_sequence);
  if (!store.ok()) return store.status();
  learner->store_ = *std::move(store);
  const auto judged = learner->store_->JudgeAll(Describe(options.threshold), learner->judge_);
  if (!judged.ok()) return judged.status();
  if (absl::Status status = learner->Publish(); !status.ok()) return status;
  learner->reached_ = learner->store_->counts().sequence;
  learner->durable_ = counts->last_sequence;
  learner->thread_ = std::thread([learner = learner.get()] { learner->Work(); });
  return learner;
}

Learner::~Learner() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Learner::Notify(int64_t sequence) {
  {
    std::lock_guard lock(mutex_);
    durable_ = std::max(durable_, sequence);
  }
  changed_.notify_all();
}

std::shared_ptr<const LearnedLines> Learner::lines() const {
  std::lock_guard lock(mutex_);
  return lines_;
}

LearnerStatus Learner::status() const {
  LearnerStatus status;
  status.enabled = options_.enabled;
  if (store_ == nullptr) return status;
  const BoilerplateCounts counts = store_->counts();
  status.lines = counts.lines;
  std::lock_guard lock(mutex_);
  status.sequence = reached_;
  status.version = lines_->version();
  status.in_force = static_cast<int64_t>(lines_->size());
  status.error = std::string(error_.message());
  return status;
}

absl::StatusOr<LinePage> Learner::List(const LineQuery& query) {
  if (store_ != nullptr) return store_->List(query);
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "LEARNING_OFF",
                         "boilerplate is not learned: the service was started with --learn-boilerplate=false");
}

bool Learner::WaitFor(int64_t sequence, absl::Duration timeout) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, absl::ToChronoMilliseconds(timeout),
                    [&] { return reached_ >= sequence || !error_.ok() || stopping_; });
  return reached_ >= sequence;
}

void Learner::Work() {
  using Clock = std::chrono::steady_clock;
  bool at_rest = false;  // and the log is empty
  for (;;) {
    bool due = false;
    {
      std::unique_lock lock(mutex_);
      const auto ready = [this] { return stopping_ || reached_ < durable_; };
      if (at_rest) changed_.wait(lock, ready);
      due = changed_.wait_for(lock, kRest, ready);
      if (stopping_) return;
    }
    at_rest = !due;
    const auto begin = Clock::now();
    const absl::Status status = due ? LearnBatch() : store_->EmptyLog();
    const auto worked = Clock::now() - begin;
    std::unique_lock lock(mutex_);
    if (!status.ok()) {
      error_ = status;
      LogError("boilerplate is learned no more", {{"error", std::string(status.message())}});
      changed_.notify_all();
      return;
    }
    const auto pause = worked * (100 - options_.busy_percent) / options_.busy_percent;
    changed_.wait_for(lock, pause, [this] { return stopping_; });
  }
}

absl::Status Learner::LearnBatch() {
  ReadLimits limits;
  limits.events = options_.batch_events;
  limits.bytes = kBatchBytes;
  const int64_t after = store_->counts().sequence;
  const auto events = archive_.ReadEvents(after, limits);
  if (!events.ok()) return events.status();
  if (events->empty()) {
    // Numbers were given to rows that are gone: there is nothing to learn up to them.
    std::lock_guard lock(mutex_);
    reached_ = durable_;
    changed_.notify_all();
    return absl::OkStatus();
  }
  std::vector<LineChange> batch;
  for (const Event& event : *events) {
    auto change = ChangeOf(event);
    if (!change.ok()) return change.status();
    if (change->before.has_value() || change->after.has_value()) batch.push_back(*std::move(change));
  }
  const int64_t through = events->back().sequence;
  const auto learned = store_->Learn(batch, through, judge_, options_.max_lines);
  if (!learned.ok()) return learned.status();
  if (*learned) {
    if (absl::Status status = Publish(); !status.ok()) return status;
  }
  std::lock_guard lock(mutex_);
  reached_ = through;
  changed_.notify_all();
  return absl::OkStatus();
}

absl::StatusOr<LineChange> Learner::ChangeOf(const Event& event) {
  LineChange change;
  change.sequence = event.sequence;
  if (event.kind != EventKind::kDeletion) change.after = CountedLines(event.article);
  const bool is_first = event.kind == EventKind::kArticle && event.revision == 1;
  if (is_first) return change;
  const auto before = archive_.EventBefore(event.article_id, event.sequence);
  if (!before.ok()) return before.status();
  if (before->has_value() && (*before)->kind != EventKind::kDeletion) change.before = CountedLines((*before)->article);
  return change;
}

absl::Status Learner::Publish() {
  absl::flat_hash_map<std::string, LearnedLines::Lines> sources;
  const absl::Status read = store_->ForEachInForce(
      [&sources](std::string_view source, uint64_t id) { sources[std::string(source)].insert(id); });
  if (!read.ok()) return read;
  auto lines = std::make_shared<LearnedLines>(store_->counts().version, std::move(sources));
  LogInfo("learned boilerplate", {{"version", std::string(absl::StrCat(lines->version()))},
                                  {"lines", std::string(absl::StrCat(lines->size()))}});
  std::lock_guard lock(mutex_);
  lines_ = std::move(lines);
  return absl::OkStatus();
}

}  // namespace broadsheet::ingest
