#include "ingest/index/retention.h"

#include <algorithm>
#include <utility>

#include "common/base/timestamp.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "ingest/enrich/age.h"

namespace broadsheet::ingest {
namespace {

const auto kPublishedSlot = static_cast<Xapian::valueno>(GetField(FieldId::kPublishedTime).slot);
const auto kIngestedSlot = static_cast<Xapian::valueno>(GetField(FieldId::kIngestedTime).slot);

}  // namespace

absl::Time AgedFrom(const Xapian::Document& document) {
  for (const Xapian::valueno slot : {kPublishedSlot, kIngestedSlot}) {
    if (const std::string value = document.get_value(slot); !value.empty()) return DecodeTime(value);
  }
  return absl::InfiniteFuture();
}

std::vector<std::string> FindExpired(const StandingDocuments& documents, absl::Time kept_since, size_t limit) {
  // Whoever was published in time and came in before it (a date ahead of the clock) is looked at by its document, too.
  std::vector<DocumentPlace> candidates;
  const auto collect = [&](const DocumentPlace& place, const std::string& value) {
    if (DecodeTime(value) < kept_since) candidates.push_back(place);
  };
  documents.ForEachValue(kPublishedSlot, collect);
  documents.ForEachValue(kIngestedSlot, collect);
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::vector<std::string> expired;
  for (const DocumentPlace& place : candidates) {
    if (expired.size() == limit) break;
    const Xapian::Document document = documents.Get(place, Xapian::DOC_ASSUME_VALID);
    if (AgedFrom(document) < kept_since) expired.push_back(IdTermOf(document));
  }
  return expired;
}

bool IsExpired(const IndexEvent& event, absl::Time kept_since) {
  if (event.kind != IndexEvent::Kind::kArticle) return false;
  const v1::Article& article = event.article;
  const absl::Time received = article.has_ingested_time() ? ToTime(article.ingested_time()) : absl::InfiniteFuture();
  return AgedFrom(article, received) < kept_since;
}

EventReader WithoutExpired(EventReader read, absl::Time kept_since) {
  return [read = std::move(read), kept_since](int64_t after, const EventLimits& limits) {
    // Nothing is only for the end.
    for (;;) {
      auto events = read(after, limits);
      if (!events.ok() || events->empty()) return events;
      after = events->back().sequence;
      std::erase_if(*events, [&](const IndexEvent& event) { return IsExpired(event, kept_since); });
      if (!events->empty()) return events;
    }
  };
}

}  // namespace broadsheet::ingest
