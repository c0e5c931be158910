#include "ingest/index/restorer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/logging.h"
#include "common/schema/term.h"
#include "ingest/index/retention.h"

namespace broadsheet::ingest {

Restorer::Restorer(const ArchiveView& archive, std::vector<int64_t> lost, const Forgotten& forgotten)
    : archive_(archive), lost_(std::move(lost)), forgotten_(forgotten) {
  if (lost_.empty()) return;
  const auto read = [this](int64_t after, const EventLimits& limits) { return Read(after, limits); };
  feed_ = std::make_unique<EventFeed>(read, 0, lost_.back());
}

Restorer::~Restorer() {
  stopping_ = true;
}

absl::StatusOr<std::optional<PreparedEvent>> Restorer::Next() {
  if (feed_ == nullptr) return std::nullopt;
  auto event = feed_->Next(std::chrono::steady_clock::now());
  if (event.ok() && event->has_value()) reached_ = (*event)->sequence;
  return event;
}

int64_t Restorer::left() const {
  return done() ? 0 : lost_.end() - std::upper_bound(lost_.begin(), lost_.end(), reached_);
}

// Nothing is only for the end.
absl::StatusOr<std::vector<IndexEvent>> Restorer::Read(int64_t after, const EventLimits& limits) {
  std::vector<IndexEvent> events;
  size_t bytes = 0;
  for (auto next = std::upper_bound(lost_.begin(), lost_.end(), after); next != lost_.end() && !stopping_; ++next) {
    auto event = archive_.read(*next);
    if (absl::IsDataLoss(event.status())) {
      LogError("what a damaged shard of the index had is damaged in the archive, too: it is lost to the index",
               {{"sequence", absl::StrCat(*next)}, {"reason", std::string(event.status().message())}});
      continue;
    }
    if (!event.ok()) return event.status();
    if (IsExpired(*event, forgotten_.articles_before)) continue;
    if (IsForgottenDeletion(*event)) {
      forgotten_through_ = std::max<int64_t>(forgotten_through_, *next);
      continue;
    }
    bytes += event->article.title().size() + event->article.body().size();
    events.push_back(*std::move(event));
    if (events.size() >= limits.events || bytes >= limits.bytes) break;
  }
  return events;
}

bool Restorer::IsForgottenDeletion(const IndexEvent& event) const {
  if (event.kind != IndexEvent::Kind::kDelete) return false;
  if (event.sequence <= forgotten_.through_sequence) return true;
  return DeletionDayTerm(event.time) < DeletionDayTerm(forgotten_.before);
}

}  // namespace broadsheet::ingest
