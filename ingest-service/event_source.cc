#include "ingest/event_source.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace broadsheet::ingest {
namespace {

ReadLimits ToReadLimits(const EventLimits& limits) {
  ReadLimits read;
  read.events = static_cast<int>(std::min<size_t>(limits.events, std::numeric_limits<int>::max()));
  read.bytes = limits.bytes;
  return read;
}

IndexEvent ToIndexEvent(Event event) {
  IndexEvent taken;
  taken.sequence = event.sequence;
  const bool withheld = event.kind != EventKind::kDeletion && event.article.withheld();
  if (event.kind == EventKind::kDeletion || withheld) {
    taken.kind = IndexEvent::Kind::kDelete;
    taken.article_id = std::move(event.article_id);
    taken.reason = withheld ? "withheld" : std::move(event.reason);
    taken.updated_time = event.updated_time;
    taken.time = event.received_time;
  } else {
    taken.article = std::move(event.article);
    taken.first_sequence = event.first_sequence;
    taken.first_received = event.first_received;
  }
  return taken;
}

// The archive may have more by now than the index was told of; that is for its next read.
absl::StatusOr<std::vector<IndexEvent>> Translate(absl::StatusOr<std::vector<Event>> events,
                                                  const EventLimits& limits) {
  if (!events.ok()) return events.status();
  std::vector<IndexEvent> taken;
  for (Event& event : *events) {
    if (event.sequence > limits.through_sequence) break;
    taken.push_back(ToIndexEvent(std::move(event)));
  }
  return taken;
}

}  // namespace

EventReader AllEvents(Archive& archive) {
  return [&archive](int64_t after, const EventLimits& limits) {
    return Translate(archive.ReadEvents(after, ToReadLimits(limits)), limits);
  };
}

EventReader StandingEvents(Archive& archive) {
  return [&archive](int64_t after, const EventLimits& limits) {
    return Translate(archive.ReadStanding(after, ToReadLimits(limits)), limits);
  };
}

ArchiveView ViewOf(Archive& archive) {
  ArchiveView view;
  view.standing = [&archive](int64_t after, int64_t through, size_t limit) {
    return archive.ListStanding(after, through,
                                static_cast<int>(std::min<size_t>(limit, std::numeric_limits<int>::max())));
  };
  view.newest_of_same = [&archive](int64_t sequence, int64_t through) {
    return archive.NewestOfSame(sequence, through);
  };
  view.read = [&archive](int64_t sequence) -> absl::StatusOr<IndexEvent> {
    auto event = archive.ReadAt(sequence);
    if (!event.ok()) return event.status();
    return ToIndexEvent(*std::move(event));
  };
  view.before = [&archive](int64_t sequence) -> absl::StatusOr<std::optional<IndexEvent>> {
    auto event = archive.BeforeOfSame(sequence);
    if (!event.ok()) return event.status();
    if (!event->has_value()) return std::nullopt;
    return ToIndexEvent(**std::move(event));
  };
  return view;
}

}  // namespace broadsheet::ingest
