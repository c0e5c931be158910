#include "ingest/pipeline/replayer.h"

#include <algorithm>
#include <future>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "google/protobuf/util/time_util.h"
#include "ingest/archive/record.h"

namespace broadsheet::ingest {
namespace {

using google::protobuf::util::TimeUtil;
using SteadyClock = std::chrono::steady_clock;
using Written = std::future<absl::StatusOr<v1::IngestResult>>;

constexpr ReadLimits kBatch{16, 4 << 20};
constexpr std::chrono::milliseconds kLook{2};        // between two looks at what else is under way
constexpr int kLooks = 25;                           // before an article is made though live writes are in flight
constexpr std::chrono::milliseconds kFullQueue{20};  // before the archive's queue is tried again

absl::Status Ended() {
  return ErrorWithReason(absl::StatusCode::kCancelled, "CANCELLED",
                         "the replay was ended; give the token of its last message as start_after to go on");
}

// What the rules made, with what the archive keeps as it is.
v1::Article Complete(const v1::Article& made, const v1::Article& before, const std::string& duplicate_of) {
  v1::Article after = made;
  after.set_id(before.id());
  after.set_sequence(before.sequence());
  after.set_revision(before.revision());
  after.set_duplicate_of(duplicate_of);
  *after.mutable_updated_time() = before.updated_time();
  *after.mutable_ingested_time() = before.ingested_time();
  return after;
}

bool BySequence(const Event& a, const Event& b) {
  return a.sequence < b.sequence;
}

}  // namespace

void ReplayStop::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
}

bool ReplayStop::stopped() const {
  std::lock_guard lock(mutex_);
  return stopped_;
}

bool ReplayStop::WaitFor(std::chrono::microseconds time) const {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, time, [this] { return stopped_; });
}

// One replay from its beginning to its end.
class Replayer::Pass {
 public:
  Pass(Replayer& replayer, const ReplayPlan& plan, const ReplayStop& stop, const Emit& emit)
      : replayer_(replayer), plan_(plan), stop_(stop), emit_(emit), after_(plan.after_sequence) {}

  absl::Status Run() {
    if (absl::Status begun = Begin(); !begun.ok()) return begun;
    while (true) {
      absl::StatusOr<std::vector<Event>> events = NextEvents();
      if (!events.ok()) return events.status();
      const bool finished = events->empty();
      for (const Event& event : *events) {
        if (absl::Status made = Consider(event); !made.ok()) return made;
      }
      if (absl::Status settled = Settle(); !settled.ok()) return settled;
      if (!events->empty()) after_ = events->back().sequence;
      if (!Send(finished)) return Ended();
      if (finished) return absl::OkStatus();
    }
  }

 private:
  struct Pending {
    v1::ReplayedArticle change;
    Written written;  // not valid when nothing is written
  };

  absl::Status Begin() {
    const v1::ReplayFilter& filter = plan_.filter;
    absl::StatusOr<ArchiveCounts> counts = replayer_.archive_.Counts();
    if (!counts.ok()) return counts.status();
    through_ = plan_.through_sequence > 0 ? plan_.through_sequence : counts->last_sequence;
    if (filter.max_sequence() > 0) through_ = std::min(through_, filter.max_sequence());
    after_ = std::max(after_, filter.min_sequence() - 1);
    if (!filter.ids().empty()) return FindByIds();
    absl::StatusOr<int64_t> total = replayer_.archive_.CountStanding(after_, through_);
    if (!total.ok()) return total.status();
    progress_.set_total(*total);
    return absl::OkStatus();
  }

  absl::Status FindByIds() {
    for (const std::string& id : plan_.filter.ids()) {
      absl::StatusOr<Event> event = replayer_.archive_.ReadStandingOf(id);
      if (!event.ok()) return event.status();
      const bool in_range = event->sequence > after_ && event->sequence <= through_;
      if (in_range && event->kind != EventKind::kDeletion) chosen_.push_back(*std::move(event));
    }
    std::sort(chosen_.begin(), chosen_.end(), BySequence);
    auto same = [](const Event& a, const Event& b) { return a.sequence == b.sequence; };
    chosen_.erase(std::unique(chosen_.begin(), chosen_.end(), same), chosen_.end());
    progress_.set_total(static_cast<int64_t>(chosen_.size()));
    return absl::OkStatus();
  }

  // The next few events that stand; none at the end.
  absl::StatusOr<std::vector<Event>> NextEvents() {
    if (plan_.filter.ids().empty()) {
      absl::StatusOr<std::vector<Event>> events = replayer_.archive_.ReadStanding(after_, kBatch);
      if (events.ok()) std::erase_if(*events, [this](const Event& event) { return event.sequence > through_; });
      return events;
    }
    const size_t count = std::min(chosen_.size(), static_cast<size_t>(kBatch.events));
    const auto end = chosen_.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<Event> events(std::make_move_iterator(chosen_.begin()), std::make_move_iterator(end));
    chosen_.erase(chosen_.begin(), end);
    return events;
  }

  absl::Status Consider(const Event& event) {
    if (stop_.stopped()) return Ended();
    if (event.kind == EventKind::kDeletion) return absl::OkStatus();
    progress_.set_done(progress_.done() + 1);
    if (!Matches(plan_.filter, event.article)) return absl::OkStatus();
    if (absl::Status free = GiveWay(); !free.ok()) return free;
    absl::StatusOr<ReceivedArticle> raw = replayer_.archive_.GetRawBehind(event);
    if (!raw.ok()) return raw.status();
    auto prepared = replayer_.prepare_(raw->article, raw->received);
    if (const auto* rejection = std::get_if<Rejection>(&prepared)) {
      Reject(event, *rejection);
      return absl::OkStatus();
    }
    return Compare(event, std::get<EnrichedArticle>(prepared));
  }

  // Live writes first, and no more articles a second than were asked for.
  absl::Status GiveWay() {
    if (absl::Status accepting = replayer_.intake_.Accepting(); !accepting.ok() && !plan_.dry_run) return accepting;
    for (int i = 0; i < kLooks && replayer_.intake_.state().articles_in_flight > 0; ++i) {
      if (stop_.WaitFor(kLook)) return Ended();
    }
    if (plan_.articles_per_second == 0) return absl::OkStatus();
    const SteadyClock::time_point now = SteadyClock::now();
    due_ = std::max(due_, now);
    const auto wait = std::chrono::duration_cast<std::chrono::microseconds>(due_ - now);
    due_ += std::chrono::microseconds(1'000'000 / plan_.articles_per_second);
    return wait.count() > 0 && stop_.WaitFor(wait) ? Ended() : absl::OkStatus();
  }

  void Reject(const Event& event, const Rejection& rejection) {
    Pending& pending = pending_.emplace_back();
    pending.change.set_article_id(event.article_id);
    pending.change.set_revision(event.revision);
    pending.change.set_sequence(event.sequence);
    pending.change.set_title_before(event.article.title());
    pending.change.set_normaliser_version_before(event.article.normaliser_version());
    pending.change.set_outcome(v1::REPLAY_OUTCOME_REJECTED);
    pending.change.set_message(rejection.message);
  }

  absl::Status Compare(const Event& event, const EnrichedArticle& enriched) {
    const absl::Time received = absl::FromUnixMicros(TimeUtil::TimestampToMicroseconds(event.article.ingested_time()));
    DerivationRecord record =
        MakeDerivation(enriched, event.article_id, event.sequence, received, replayer_.archive_.dictionaries());
    absl::StatusOr<v1::IngestResult> decided = replayer_.archive_.Preview(record, replayer_.clock_.Now());
    if (!decided.ok()) return decided.status();
    Pending& pending = pending_.emplace_back();
    const v1::Article after = Complete(enriched.article, event.article, decided->duplicate_of());
    DescribeChange(event.article, after, enriched.edits, pending.change);
    if (decided->outcome() == v1::OUTCOME_STALE) {
      TakeResult(*decided, pending.change);
    } else if (pending.change.outcome() != v1::REPLAY_OUTCOME_UNCHANGED && !plan_.dry_run) {
      return Write(std::move(record), pending);
    }
    return absl::OkStatus();
  }

  absl::Status Write(DerivationRecord record, Pending& pending) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<v1::IngestResult>>>();
    pending.written = promise->get_future();
    while (true) {
      absl::Status taken = replayer_.writer_.Append(
          record, [promise](absl::StatusOr<v1::IngestResult> result) { promise->set_value(std::move(result)); });
      if (!Intake::IsBusy(taken)) return taken;
      if (stop_.WaitFor(kFullQueue)) return Ended();
    }
  }

  static void TakeResult(const v1::IngestResult& result, v1::ReplayedArticle& change) {
    change.set_sequence(result.sequence());
    if (result.outcome() != v1::OUTCOME_STALE) return;
    change.set_outcome(v1::REPLAY_OUTCOME_SUPERSEDED);
    change.set_message(result.message());
  }

  // Waits until what was handed to the writer is durable, then counts.
  absl::Status Settle() {
    for (Pending& pending : pending_) {
      if (pending.written.valid()) {
        absl::StatusOr<v1::IngestResult> result = pending.written.get();
        if (!result.ok()) return result.status();
        TakeResult(*result, pending.change);
        if (result->outcome() != v1::OUTCOME_STALE) pending.change.set_duplicate_of_after(result->duplicate_of());
      }
      Count(pending.change);
    }
    return absl::OkStatus();
  }

  void Count(v1::ReplayedArticle& change) {
    bool named = true;
    switch (change.outcome()) {
      case v1::REPLAY_OUTCOME_CHANGED:
        progress_.set_changed(progress_.changed() + 1);
        AddRules(change, rules_);
        break;
      case v1::REPLAY_OUTCOME_CONFIRMED:
        progress_.set_confirmed(progress_.confirmed() + 1);
        named = plan_.include_unchanged;
        break;
      case v1::REPLAY_OUTCOME_SUPERSEDED:
        progress_.set_superseded(progress_.superseded() + 1);
        break;
      case v1::REPLAY_OUTCOME_REJECTED:
        progress_.set_rejected(progress_.rejected() + 1);
        break;
      default:
        progress_.set_unchanged(progress_.unchanged() + 1);
        named = plan_.include_unchanged;
    }
    if (named) *message_.add_articles() = std::move(change);
  }

  bool Send(bool finished) {
    pending_.clear();
    *message_.mutable_progress() = progress_;
    for (const auto& [rule, count] : rules_)
      *message_.add_rules() = count;
    message_.set_finished(finished);
    {
      std::lock_guard lock(replayer_.mutex_);
      *replayer_.state_.mutable_progress() = progress_;
    }
    return emit_(std::exchange(message_, {}), after_, through_);
  }

  Replayer& replayer_;
  const ReplayPlan& plan_;
  const ReplayStop& stop_;
  const Emit& emit_;
  int64_t after_;
  int64_t through_ = 0;
  std::vector<Event> chosen_;  // by ids: those yet to come
  std::vector<Pending> pending_;
  SteadyClock::time_point due_;
  v1::ReplayProgress progress_;
  RuleCounts rules_;
  v1::ReplayArticlesResponse message_;
};

Replayer::Replayer(Archive& archive, ArchiveWriter& writer, Intake& intake, const Clock& clock, Prepare prepare)
    : archive_(archive), writer_(writer), intake_(intake), clock_(clock), prepare_(std::move(prepare)) {}

absl::Status Replayer::Claim(bool dry_run) {
  std::lock_guard lock(mutex_);
  if (state_.running()) {
    return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "REPLAY_RUNNING",
                           "another replay runs; GetIngestStatus says how far it is: wait for its end or cancel it");
  }
  state_.Clear();
  state_.set_running(true);
  state_.set_dry_run(dry_run);
  *state_.mutable_start_time() = TimeUtil::MicrosecondsToTimestamp(absl::ToUnixMicros(clock_.Now()));
  return absl::OkStatus();
}

void Replayer::Release() {
  std::lock_guard lock(mutex_);
  state_.set_running(false);
}

absl::Status Replayer::Run(const ReplayPlan& plan, const ReplayStop& stop, const Emit& emit) {
  absl::Status status = Pass(*this, plan, stop, emit).Run();
  Release();
  return status;
}

v1::ReplayState Replayer::state() const {
  std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace broadsheet::ingest
