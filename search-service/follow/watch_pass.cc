#include "search/follow/watch_pass.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "search/follow/chosen_documents.h"
#include "search/index/requirements.h"
#include "search/match/deadline_source.h"
#include "search/match/hidden.h"
#include "search/match/stored.h"

namespace broadsheet::search {
namespace {

constexpr size_t kTurnMessages = 128;
constexpr size_t kTurnBytes = 1 << 20;
constexpr size_t kTurnReleases = 256;  // articles looked at because their embargo passed
constexpr int64_t kEverySequence = std::numeric_limits<int64_t>::max();

absl::Status BeyondHorizon(int64_t sequence, int64_t since) {
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "WATCH_HORIZON",
      absl::StrCat("deletions up to sequence ", since, " may be forgotten, and the watch stands at ", sequence,
                   ": search or export anew, and watch from the sequence of that snapshot"));
}

}  // namespace

Watcher::Pass::Pass(const Watcher& watcher, Reader& reader, const ColumnSet* columns, bool slow,
                    const CallContext& context)
    : watcher_(watcher),
      query_(watcher.query_),
      reader_(reader),
      columns_(columns),
      slow_(slow),
      context_(context),
      now_micros_(std::max(watcher.position_.clock_micros, absl::ToUnixMicros(watcher.clock_.Now()))),
      position_(watcher.position_),
      unseen_through_(watcher.unseen_through_) {}

absl::Status Watcher::Pass::Run() {
  if (!watcher_.begun_) {
    if (absl::Status begun = Begin(); !begun.ok()) return begun;
  }
  if (absl::Status fits = CheckPosition(); !fits.ok()) return fits;
  TellLag();
  if (absl::Status passed = PassEmbargoes(); !passed.ok() || !embargoes_done_) return passed;
  return FollowChanges();
}

Watcher::Turn Watcher::Pass::TakeOver(Watcher& watcher) {
  if (!watcher.begun_) watcher.board_.Add(&watcher.reached_);
  watcher.begun_ = true;
  watcher.position_ = position_;
  watcher.reached_ = position_.sequence;
  watcher.unseen_through_ = unseen_through_;
  if (forget_) watcher.reported_.Forget();
  for (const std::string& id : removed_)
    watcher.reported_.Remove(id);
  for (const std::string& id : added_)
    watcher.reported_.Add(id);
  return std::move(turn_);
}

// The first message only says where the watch begins, so that a caller who is cut off at once can go on from there.
absl::Status Watcher::Pass::Begin() {
  const Snapshot& snapshot = reader_.snapshot();
  if (auto met = CheckRequirements({0, query_.lineage}, snapshot); !met.ok()) return met;
  if (!watcher_.resumed_) {
    position_.lineage = HashLineage(snapshot.lineage);
    position_.sequence = watcher_.start_sequence_.value_or(snapshot.sequence);
    position_.began = watcher_.start_sequence_.has_value() ? 0 : snapshot.sequence;
    position_.clock_micros = now_micros_;
    position_.clock_sequence = kEverySequence;
  }
  if (absl::Status fits = CheckPosition(); !fits.ok()) return fits;
  if (watcher_.resumed_ || watcher_.start_sequence_.has_value()) {
    if (absl::Status recalled = Recall(); !recalled.ok()) return recalled;
    unseen_through_ = snapshot.sequence;
  }
  Seal(turn_.messages.emplace_back());
  turn_.messages.back().mutable_heartbeat();
  return absl::OkStatus();
}

// What stands since before the position and matches has been reported: by this watch before it broke off, or by the
// search that the caller began from.
absl::Status Watcher::Pass::Recall() {
  if (position_.sequence <= position_.began) return absl::OkStatus();
  const auto slot = static_cast<Xapian::valueno>(GetField(FieldId::kSequence).slot);
  const Xapian::Query seen(Xapian::Query::OP_VALUE_RANGE, slot, EncodeNumber(position_.began + 1),
                           EncodeNumber(position_.sequence));
  const Xapian::Query matching = WithoutHidden(watcher_.board_.Compile(reader_, columns_, query_, context_), reader_,
                                               absl::FromUnixMicros(position_.clock_micros));
  Xapian::Enquire enquire(reader_.database());
  enquire.set_query(WithDeadline({Xapian::Query::OP_FILTER, matching, seen}, context_));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const Xapian::MSet set = enquire.get_mset(0, ReportedIds::kReportedIds + 1);
  forget_ = set.size() > ReportedIds::kReportedIds;
  if (forget_) return absl::OkStatus();
  for (Xapian::doccount i = 0; i < set.size(); ++i) {
    auto article = ReadArticle(reader_, *set[i], false);
    if (!article.ok()) return article.status();
    added_.push_back(article->id());
  }
  return absl::OkStatus();
}

absl::Status Watcher::Pass::CheckPosition() const {
  const Snapshot& snapshot = reader_.snapshot();
  if (auto same = CheckLineage(position_, snapshot.lineage); !same.ok()) return same;
  if (auto whole = CheckWhole(snapshot, position_.sequence); !whole.ok()) return whole;
  if (position_.sequence >= snapshot.tombstones_since) return absl::OkStatus();
  return BeyondHorizon(position_.sequence, snapshot.tombstones_since);
}

void Watcher::Pass::TellLag() {
  const int64_t behind = reader_.snapshot().sequence - position_.sequence;
  if (!slow_ || behind <= 0) return;
  v1::WatchArticlesResponse& message = turn_.messages.emplace_back();
  message.mutable_lagged()->set_sequences_behind(behind);
  Seal(message);
}

absl::Status Watcher::Pass::PassEmbargoes() {
  const WatchBoard::Held held = watcher_.board_.ReadHeldOnce(reader_, position_.clock_micros);
  const auto place = std::tie(position_.clock_micros, position_.clock_sequence);
  auto next = std::upper_bound(held->begin(), held->end(), place, [](const auto& clock, const HeldArticle& article) {
    return clock < std::tie(article.embargo_micros, article.sequence);
  });
  std::vector<HeldArticle> released;
  for (; next != held->end() && next->embargo_micros <= now_micros_ && released.size() < kTurnReleases; ++next) {
    // Those that were written after the position come with all else that was.
    if (next->sequence <= position_.sequence) released.push_back(*next);
  }
  if (next != held->end()) turn_.next_embargo = absl::Microseconds(next->embargo_micros - now_micros_);
  if (absl::Status reported = ReportReleased(released); !reported.ok() || full()) return reported;
  if (released.size() == kTurnReleases) return absl::OkStatus();
  position_.clock_micros = now_micros_;
  position_.clock_sequence = kEverySequence;
  embargoes_done_ = true;
  return absl::OkStatus();
}

absl::Status Watcher::Pass::ReportReleased(const std::vector<HeldArticle>& released) {
  if (released.empty()) return absl::OkStatus();
  std::vector<Xapian::docid> docids;
  for (const HeldArticle& article : released)
    docids.push_back(article.docid);
  const auto matches =
      WhichMatch(reader_, watcher_.board_.Compile(reader_, columns_, query_, context_), docids, context_);
  for (size_t i = 0; i < released.size() && !full(); ++i) {
    position_.clock_micros = released[i].embargo_micros;
    position_.clock_sequence = released[i].sequence;
    if (!matches[i]) continue;
    if (absl::Status reported = Report(docids[i], false); !reported.ok()) return reported;
  }
  return absl::OkStatus();
}

absl::Status Watcher::Pass::FollowChanges() {
  const int64_t newest = reader_.snapshot().sequence;
  turn_.caught_up = position_.sequence >= newest;
  if (turn_.caught_up) return absl::OkStatus();
  auto changes = watcher_.board_.ReadOnce(reader_, position_.sequence);
  if (!changes.ok()) return changes.status();
  const WatchBoard::Flags matches = watcher_.board_.MatchOnce(reader_, columns_, *changes, query_, context_);
  for (size_t i = 0; i < matches->size(); ++i) {
    if (full()) return absl::OkStatus();
    if (absl::Status taken = Take((*changes)->changes[i], (*matches)[i]); !taken.ok()) return taken;
  }
  position_.sequence = (*changes)->through;
  turn_.caught_up = position_.sequence >= newest;
  return absl::OkStatus();
}

absl::Status Watcher::Pass::Take(const Change& change, bool matches) {
  position_.sequence = change.sequence;
  if (matches && change.embargo_micros <= position_.clock_micros) {
    return Report(change.docid, watcher_.reported_.Has(change.id));
  }
  if (MayBeReported(change)) Withdraw(change);
  return absl::OkStatus();
}

bool Watcher::Pass::MayBeReported(const Change& change) const {
  if (watcher_.reported_.Has(change.id)) return true;
  const bool unknown = watcher_.reported_.forgot() || forget_ || change.sequence <= unseen_through_;
  return unknown && (change.deleted || !change.first_version);
}

absl::Status Watcher::Pass::Report(Xapian::docid docid, bool known) {
  const bool with_body = query_.highlight.enabled || query_.view == v1::ARTICLE_VIEW_FULL;
  auto article = ReadArticle(reader_, docid, with_body);
  if (!article.ok()) return article.status();
  v1::WatchArticlesResponse& message = turn_.messages.emplace_back();
  v1::WatchMatch& match = known ? *message.mutable_changed() : *message.mutable_matched();
  if (query_.highlight.enabled) {
    if (!highlighter_.has_value()) highlighter_.emplace(query_, TermLookup(reader_.languages(), query_.exact_words));
    highlighter_->Highlight(*article, article->body(), *match.mutable_highlights());
  }
  added_.push_back(article->id());
  Restrict(query_.view, *article);
  *match.mutable_article() = *std::move(article);
  Seal(message);
  return absl::OkStatus();
}

void Watcher::Pass::Withdraw(const Change& change) {
  removed_.push_back(change.id);
  v1::WatchArticlesResponse& message = turn_.messages.emplace_back();
  v1::WatchWithdrawal& withdrawal = *message.mutable_withdrawn();
  withdrawal.set_id(change.id);
  withdrawal.set_reason(change.deleted ? v1::WITHDRAWAL_REASON_DELETED : v1::WITHDRAWAL_REASON_CHANGED);
  withdrawal.set_message(change.message);
  Seal(message);
}

void Watcher::Pass::Seal(v1::WatchArticlesResponse& message) {
  message.set_sequence(position_.sequence);
  message.set_resume_token(EncodeResumeToken(position_, ResumeKind::kWatch, query_.fingerprint));
  bytes_ += message.ByteSizeLong();
}

bool Watcher::Pass::full() const {
  return turn_.messages.size() >= kTurnMessages || bytes_ >= kTurnBytes;
}

}  // namespace broadsheet::search
