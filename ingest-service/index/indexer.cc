#include "ingest/index/indexer.h"

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/base/durable_file.h"
#include "common/base/error.h"
#include "common/base/logging.h"
#include "ingest/index/commit_schedule.h"
#include "ingest/index/event_feed.h"
#include "ingest/index/shard_set.h"
#include "ingest/index/visibility.h"

namespace broadsheet::ingest {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

// A write that fails without a sync error is tried again from the last commit so often.
constexpr int kMaxFailures = 3;

// Whether shards are ready is looked at so often while they are sealed, and whether one is damaged when nothing else
// happens.
constexpr auto kSealingLook = std::chrono::milliseconds(100);
constexpr auto kIdleLook = std::chrono::milliseconds(1'000);

// The same for what is prepared to be restored.
constexpr auto kRestoringLook = std::chrono::milliseconds(5);

// Whether it may come of a file that is not what it was.
bool MayBeDamage(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return absl::IsDataLoss(status) || reason == "INDEX_MISSING" || reason == "INDEX_VERSION" || reason == "ENGINE" ||
         reason == "DOCUMENT_MISSING";
}

absl::StatusOr<std::unique_ptr<ShardSet>> OpenShards(const IndexerOptions& options, const Clock& clock) {
  ShardSetOptions wanted;
  wanted.directory = options.directory;
  wanted.lineage = options.lineage;
  wanted.flush_documents = options.flush_documents;
  wanted.hot_documents = options.hot_documents;
  wanted.hot_bytes = options.hot_bytes;
  wanted.seal_quiet = options.seal_quiet;
  wanted.disk_reserve = options.disk_reserve;
  wanted.tombstone_horizon = options.tombstone_horizon;
  wanted.retention = options.retention;
  wanted.archive = options.archive;
  wanted.verify_interval = options.verify_interval;
  wanted.verify_bytes_per_second = options.verify_bytes_per_second;
  auto shards = ShardSet::Open(wanted, clock);
  if (!shards.ok() || (*shards)->writer().sequence() <= options.archive_sequence) return shards;
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "INDEX_AHEAD",
      absl::StrCat("the index in ", options.directory.string(), " stands at sequence ", (*shards)->writer().sequence(),
                   " but the archive ends at ", options.archive_sequence,
                   ": an older archive was put back; run `ingest-service rebuild` to make the index anew from it"));
}

}  // namespace

// The writing thread and what it shares with the callers.
class Indexer::Threads {
 public:
  Threads(const IndexerOptions& options, DirectoryLock lock, std::unique_ptr<ShardSet> shards, EventReader read,
          const Clock& clock, std::function<void(const absl::Status&)> on_fatal)
      : options_(options),
        lock_(std::move(lock)),
        clock_(clock),
        on_fatal_(std::move(on_fatal)),
        shards_(std::move(shards)),
        schedule_(absl::ToChronoNanoseconds(options.min_commit_interval),
                  absl::ToChronoNanoseconds(options.max_commit_interval), options.max_commit_bytes),
        visibility_(writer().sequence()),
        feed_(std::move(read), writer().sequence(), options.archive_sequence),
        applied_sequence_(writer().sequence()),
        thread_([this] { Run(); }) {}

  ~Threads() { Stop().IgnoreError(); }

  EventFeed& feed() { return feed_; }
  Visibility& visibility() { return visibility_; }
  const Visibility& visibility() const { return visibility_; }

  IndexerStatus status() const {
    std::lock_guard lock(mutex_);
    IndexerStatus status = status_;
    status.durable_sequence = feed_.durable_sequence();
    status.visible_sequence = visibility_.sequence();
    status.waiters = visibility_.waiters();
    return status;
  }

  absl::Status Stop() {
    feed_.Close();
    shards_->EndSoon();
    {
      std::lock_guard lock(stop_mutex_);
      if (thread_.joinable()) thread_.join();
    }
    return status().health;
  }

 private:
  ShardWriter& writer() { return shards_->writer(); }

  void Run() {
    absl::Status status = Tend();
    if (!status.ok()) status = Recover(status);
    while (status.ok() && !feed_.closed()) {
      status = Step();
      if (!status.ok()) status = Recover(status);
    }
    if (status.ok() && writer().dirty()) status = Commit();
    if (!status.ok()) Fail(status);
    visibility_.Close();
  }

  // Writes one event, and some of what else is to be done to the shards, or commits, or waits for any of it.
  absl::Status Step() {
    std::optional<CommitSchedule::Time> due = schedule_.Due(feed_.caught_up() && !shards_->advancing());
    if (due.has_value() && *due <= SteadyClock::now()) return Commit();
    if (due.has_value() && schedule_.full()) {
      feed_.Sleep(*due);
      return absl::OkStatus();
    }
    if (!writer().dirty()) {
      if (absl::Status tended = TendNowAndThen(); !tended.ok()) return tended;
      if (!due.has_value()) due = SteadyClock::now() + (shards_->sealing() ? kSealingLook : kIdleLook);
    }
    if (shards_->advancing()) {
      const auto next = Advance();
      if (!next.ok()) return next.status();
      due = due.has_value() ? std::min(*due, *next) : *next;
    }
    auto event = feed_.Next(due);
    if (!event.ok()) return event.status();
    return event->has_value() ? Apply(**event) : absl::OkStatus();
  }

  // Returns when to look for the next one.
  absl::StatusOr<SteadyClock::time_point> Advance() {
    const auto bytes = shards_->Advance();
    if (!bytes.ok()) return bytes.status();
    const SteadyClock::time_point now = SteadyClock::now();
    if (writer().dirty()) schedule_.Added(now, *bytes);
    return *bytes > 0 ? now : now + kRestoringLook;
  }

  absl::Status Apply(const PreparedEvent& event) {
    if (absl::Status before = shards_->RestoreBefore(event); !before.ok()) return before;
    if (absl::Status applied = writer().Apply(event); !applied.ok()) return applied;
    applied_sequence_ = event.sequence;
    schedule_.Added(SteadyClock::now(), event.bytes);
    return absl::OkStatus();
  }

  absl::Status TendNowAndThen() {
    const SteadyClock::time_point now = SteadyClock::now();
    if (!shards_->sealing() && !shards_->advancing() && now < next_tending_) return absl::OkStatus();
    next_tending_ = now + kIdleLook;
    return Tend();
  }

  absl::Status Commit() {
    const SteadyClock::time_point begin = SteadyClock::now();
    if (absl::Status forgotten = ForgetTombstones(); !forgotten.ok()) return forgotten;
    if (absl::Status committed = writer().Commit(applied_sequence_); !committed.ok()) return committed;
    const SteadyClock::time_point end = SteadyClock::now();
    schedule_.Committed(begin, end);
    failures_ = 0;
    {
      std::lock_guard lock(mutex_);
      ++status_.commits;
      status_.last_commit_time = clock_.Now();
      status_.last_commit_duration = absl::FromChrono(end - begin);
    }
    visibility_.Publish(applied_sequence_);
    return Tend();
  }

  absl::Status Tend() {
    absl::Status tended = shards_->Tend();
    std::lock_guard lock(mutex_);
    if (tended.ok()) status_.shards = shards_->status();
    return tended;
  }

  // Once a day is enough: deletions are forgotten by whole days.
  absl::Status ForgetTombstones() {
    const absl::Time before = clock_.Now() - options_.tombstone_horizon;
    const absl::CivilDay day = absl::ToCivilDay(before, absl::UTCTimeZone());
    if (day == forgotten_before_) return absl::OkStatus();
    absl::Status forgotten = writer().ForgetTombstones(before);
    if (forgotten.ok()) forgotten_before_ = day;
    return forgotten;
  }

  // Half a batch is never continued: back to what was committed. Damage that is found is no failure of writing.
  absl::Status Recover(const absl::Status& cause) {
    if (IsSyncFailure(cause)) return cause;
    const bool fatal = absl::IsDataLoss(cause) || ++failures_ >= kMaxFailures;
    if (fatal && !MayBeDamage(cause)) return cause;
    LogWarning("writing the index failed, going on from the last commit", {{"reason", std::string(cause.message())}});
    bool damage_found = false;
    absl::Status recovered = shards_->Recover(MayBeDamage(cause), damage_found);
    if (fatal && !damage_found) return cause;
    if (!recovered.ok()) return recovered;
    applied_sequence_ = writer().sequence();
    forgotten_before_ = absl::CivilDay();
    schedule_.Dropped();
    feed_.Restart(applied_sequence_);
    return absl::OkStatus();
  }

  void Fail(const absl::Status& status) {
    LogError("the index cannot be written", {{"reason", std::string(status.message())}});
    {
      std::lock_guard lock(mutex_);
      status_.health = status;
    }
    on_fatal_(status);
  }

  const IndexerOptions options_;
  const DirectoryLock lock_;
  const Clock& clock_;
  const std::function<void(const absl::Status&)> on_fatal_;
  const std::unique_ptr<ShardSet> shards_;
  CommitSchedule schedule_;
  Visibility visibility_;
  EventFeed feed_;
  int64_t applied_sequence_;
  absl::CivilDay forgotten_before_;
  SteadyClock::time_point next_tending_;
  int failures_ = 0;  // since the last commit
  mutable std::mutex mutex_;
  IndexerStatus status_;
  std::mutex stop_mutex_;
  std::thread thread_;
};

Indexer::Indexer(std::unique_ptr<Threads> threads) : threads_(std::move(threads)) {}

Indexer::~Indexer() = default;

absl::StatusOr<std::unique_ptr<Indexer>> Indexer::Start(const IndexerOptions& options, EventReader read,
                                                        const Clock& clock,
                                                        std::function<void(const absl::Status&)> on_fatal) {
  std::error_code error;
  fs::create_directories(options.directory, error);
  if (error) {
    return absl::InternalError(absl::StrCat("cannot create ", options.directory.string(), ": ", error.message()));
  }
  auto lock = DirectoryLock::Acquire(options.directory);
  if (!lock.ok()) return lock.status();
  auto shards = OpenShards(options, clock);
  if (!shards.ok()) return shards.status();
  return std::unique_ptr<Indexer>(new Indexer(std::make_unique<Threads>(options, *std::move(lock), *std::move(shards),
                                                                        std::move(read), clock, std::move(on_fatal))));
}

void Indexer::Notify(int64_t sequence) {
  threads_->feed().Notify(sequence);
}

int64_t Indexer::visible_sequence() const {
  return threads_->visibility().sequence();
}

void Indexer::CallWhenVisible(int64_t sequence, absl::Time deadline, std::function<void(bool)> done) {
  threads_->visibility().CallWhenVisible(sequence, deadline, std::move(done));
}

IndexerStatus Indexer::status() const {
  return threads_->status();
}

absl::Status Indexer::Stop() {
  return threads_->Stop();
}

}  // namespace broadsheet::ingest
