#include "search/follow/changes.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/time/time.h"
#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "common/schema/stored_article.h"
#include "search/follow/sequence_span.h"
#include "search/match/embargo.h"

namespace broadsheet::search {
namespace {

constexpr Xapian::doccount kWanted = 256;

Xapian::valueno SlotOf(FieldId field) {
  return static_cast<Xapian::valueno>(GetField(field).slot);
}

absl::StatusOr<Change> ReadChange(const Reader& reader, const SequencedDocument& place) {
  const Xapian::Document document = reader.database().get_document(place.docid, Xapian::DOC_ASSUME_VALID);
  Change change;
  change.sequence = place.sequence;
  change.docid = place.docid;
  const std::string data = document.get_data();
  change.deleted = data.empty();
  if (change.deleted) {
    change.id = document.get_value(kTombstoneIdSlot);
    change.message = document.get_value(kTombstoneReasonSlot);
    return change;
  }
  auto card = DecodeCard(data, reader.DictionaryOf(place.docid));
  if (!card.ok()) return card.status();
  change.id = card->id();
  change.first_version = card->revision() <= 1;
  const std::string embargo = document.get_value(SlotOf(FieldId::kEmbargoTime));
  if (!embargo.empty()) change.embargo_micros = DecodeNumber(embargo);
  return change;
}

}  // namespace

absl::StatusOr<ChangeSet> ReadChanges(Reader& reader, int64_t after) {
  const SequenceSpan span = NextSpan(reader.database(), after, reader.snapshot().sequence, kWanted);
  ChangeSet set{.identity = reader.snapshot().identity, .after = after, .through = span.through, .changes = {}};
  for (const SequencedDocument& place : DocumentsIn(reader, span)) {
    auto change = ReadChange(reader, place);
    if (!change.ok()) return change.status();
    set.changes.push_back(*std::move(change));
  }
  return set;
}

std::vector<HeldArticle> ReadHeld(const Reader& reader, int64_t after_micros) {
  const Xapian::Database& database = reader.database();
  const std::vector<Xapian::docid>& superseded = reader.superseded();
  std::vector<HeldArticle> held;
  const absl::Time after = absl::FromUnixMicros(after_micros);
  for (Xapian::docid docid : FindEmbargoed(database, after)) {
    if (std::binary_search(superseded.begin(), superseded.end(), docid)) continue;
    const Xapian::Document document = database.get_document(docid, Xapian::DOC_ASSUME_VALID);
    held.push_back({DecodeNumber(document.get_value(SlotOf(FieldId::kEmbargoTime))),
                    DecodeNumber(document.get_value(SlotOf(FieldId::kSequence))), docid});
  }
  std::sort(held.begin(), held.end(), [](const HeldArticle& a, const HeldArticle& b) {
    return std::tie(a.embargo_micros, a.sequence) < std::tie(b.embargo_micros, b.sequence);
  });
  return held;
}

}  // namespace broadsheet::search
