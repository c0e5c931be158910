#include "ingest/archive/row.h"

#include "absl/strings/str_cat.h"
#include "common/base/compress.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "google/protobuf/util/time_util.h"

namespace broadsheet::ingest {

const char kRowsAfter[] =
    "SELECT sequence, kind, article_id, revision, received_us, updated_us, normaliser_version, raw_hash, text_hash,"
    " duplicate_of, derived_crc, raw_crc, derived FROM event WHERE sequence > ? ORDER BY sequence";

const char kStandingAfter[] =
    "SELECT event.sequence, event.kind, event.article_id, event.revision, event.received_us, event.updated_us,"
    " event.normaliser_version, event.raw_hash, event.text_hash, event.duplicate_of, derived_crc, raw_crc, derived"
    " FROM head JOIN event ON event.sequence = head.sequence WHERE head.sequence > ? ORDER BY head.sequence";

const char kStandingOf[] =
    "SELECT event.sequence, event.kind, event.article_id, event.revision, event.received_us, event.updated_us,"
    " event.normaliser_version, event.raw_hash, event.text_hash, event.duplicate_of, derived_crc, raw_crc, derived"
    " FROM head JOIN event ON event.sequence = head.sequence WHERE head.id = ?";

const char kRowAt[] =
    "SELECT sequence, kind, article_id, revision, received_us, updated_us, normaliser_version, raw_hash, text_hash,"
    " duplicate_of, derived_crc, raw_crc, derived FROM event WHERE sequence = ?";

const char kRowsOfArticle[] =
    "SELECT sequence, kind, article_id, revision, received_us, updated_us, normaliser_version, raw_hash, text_hash,"
    " duplicate_of, derived_crc, raw_crc, derived FROM event WHERE article_id = ? AND sequence < ?"
    " ORDER BY sequence DESC LIMIT ?";

const char kRowBefore[] =
    "SELECT sequence, kind, article_id, revision, received_us, updated_us, normaliser_version, raw_hash, text_hash,"
    " duplicate_of, derived_crc, raw_crc, derived FROM event"
    " WHERE article_id = (SELECT article_id FROM event WHERE sequence = ?1) AND sequence < ?1"
    " ORDER BY sequence DESC LIMIT 1";

const char kRowOfRevision[] =
    "SELECT sequence, kind, article_id, revision, received_us, updated_us, normaliser_version, raw_hash, text_hash,"
    " duplicate_of, derived_crc, raw_crc, derived, raw FROM event WHERE article_id = ? AND revision = ? AND kind = 1"
    " ORDER BY sequence DESC LIMIT 1";

const char kNewestWithRaw[] =
    "SELECT sequence, kind, article_id, revision, received_us, updated_us, normaliser_version, raw_hash, text_hash,"
    " duplicate_of, derived_crc, raw_crc, derived, raw FROM event WHERE article_id = ? AND kind = 1"
    " ORDER BY sequence DESC LIMIT 1";

const char kRawBehind[] =
    "SELECT sequence, kind, article_id, revision, received_us, updated_us, normaliser_version, raw_hash, text_hash,"
    " duplicate_of, derived_crc, raw_crc, derived, raw FROM event WHERE article_id = ? AND sequence <= ? AND kind = 1"
    " ORDER BY sequence DESC LIMIT 1";

const char kFirstOf[] = "SELECT sequence, received_us FROM event WHERE article_id = ? ORDER BY sequence LIMIT 1";

namespace {

using google::protobuf::util::TimeUtil;

v1::EventKind ToMessage(EventKind kind) {
  if (kind == EventKind::kDeletion) return v1::EVENT_KIND_DELETION;
  return kind == EventKind::kDerive ? v1::EVENT_KIND_DERIVATION : v1::EVENT_KIND_ARTICLE;
}

void AddNumber(std::string& bytes, int64_t value) {
  absl::StrAppend(&bytes, value, ";");
}

void AddText(std::string& bytes, const std::string& value) {
  absl::StrAppend(&bytes, value.size(), ":", value);
}

absl::Status Damaged(const Row& row, std::string_view what) {
  return ErrorWithReason(absl::StatusCode::kDataLoss, "ARCHIVE_CORRUPT",
                         absl::StrCat("the archive's event ", row.sequence, " is damaged: ", std::string(what),
                                      "; restore the archive from a backup"));
}

// The reason of a deletion, from a row that is known to fit its checksum. Rows of deletions without one are empty.
absl::StatusOr<std::string> DecodeReason(const Row& row) {
  if (row.kind != EventKind::kDeletion || row.derived.empty()) return std::string();
  absl::StatusOr<std::string> bytes = Decompress(row.derived);
  v1::Deletion deletion;
  if (!bytes.ok() || !deletion.ParseFromString(*bytes)) return Damaged(row, "its reason cannot be read");
  return deletion.reason();
}

// What follows takes rows that are known to fit their checksum.
absl::StatusOr<std::string> DecompressDerived(const Row& row, const Dictionaries& dictionaries) {
  absl::StatusOr<std::string> bytes = dictionaries.Decompress(row.derived);
  if (!bytes.ok()) return Damaged(row, std::string(bytes.status().message()));
  return bytes;
}

absl::StatusOr<v1::Article> DecodeDerived(const Row& row, const Dictionaries& dictionaries) {
  v1::Article article;
  if (row.kind == EventKind::kDeletion) return article;
  const absl::StatusOr<std::string> bytes = DecompressDerived(row, dictionaries);
  if (!bytes.ok()) return bytes.status();
  if (!article.ParseFromString(*bytes)) return Damaged(row, "its article cannot be read");
  return article;
}

absl::Status Check(const Row& row) {
  if (row.derived_crc != DerivedCrc(row, row.derived)) return Damaged(row, "its checksum does not fit");
  if (row.kind >= EventKind::kArticle && row.kind <= EventKind::kDerive) return absl::OkStatus();
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "ARCHIVE_FORMAT",
                         absl::StrCat("the archive's event ", row.sequence, " is of kind ", static_cast<int>(row.kind),
                                      ", which this version does not know; run the version that wrote it"));
}

}  // namespace

uint32_t DerivedCrc(const Row& row, std::string_view derived) {
  std::string columns;
  for (int64_t value : {row.sequence, static_cast<int64_t>(row.kind), static_cast<int64_t>(row.revision),
                        row.received_us, row.updated_us, static_cast<int64_t>(row.normaliser_version)}) {
    AddNumber(columns, value);
  }
  for (const std::string* text : {&row.article_id, &row.raw_hash, &row.text_hash, &row.duplicate_of}) {
    AddText(columns, *text);
  }
  return Crc32c(derived, Crc32c(columns));
}

uint32_t RawCrc(int64_t sequence, std::string_view raw) {
  std::string columns;
  AddNumber(columns, sequence);
  return Crc32c(raw, Crc32c(columns));
}

Row ReadRow(const Query& query) {
  Row row;
  row.sequence = query.Int(0);
  row.kind = static_cast<EventKind>(query.Int(1));
  row.article_id = query.Bytes(2);
  row.revision = static_cast<int32_t>(query.Int(3));
  row.received_us = query.Int(4);
  row.updated_us = query.Int(5);
  row.normaliser_version = static_cast<int32_t>(query.Int(6));
  row.raw_hash = query.Bytes(7);
  row.text_hash = query.Bytes(8);
  row.duplicate_of = query.Bytes(9);
  row.derived_crc = static_cast<uint32_t>(query.Int(10));
  row.raw_crc = static_cast<uint32_t>(query.Int(11));
  row.derived = query.Bytes(12);
  return row;
}

Row ReadRowWithRaw(const Query& query) {
  Row row = ReadRow(query);
  row.raw = query.Bytes(13);
  return row;
}

absl::StatusOr<Event> DecodeEvent(const Row& row, const Dictionaries& dictionaries) {
  if (absl::Status status = Check(row); !status.ok()) return status;
  absl::StatusOr<v1::Article> article = DecodeDerived(row, dictionaries);
  if (!article.ok()) return article.status();
  absl::StatusOr<std::string> reason = DecodeReason(row);
  if (!reason.ok()) return reason.status();
  Event event;
  event.reason = *std::move(reason);
  event.sequence = row.sequence;
  event.kind = row.kind;
  event.article_id = row.article_id;
  event.revision = row.revision;
  event.received_time = absl::FromUnixMicros(row.received_us);
  event.updated_time = absl::FromUnixMicros(row.updated_us);
  event.bytes = ContentSize(row.derived);
  event.article = *std::move(article);
  event.article.set_id(row.article_id);
  event.article.set_sequence(row.sequence);
  event.article.set_revision(row.revision);
  event.article.set_duplicate_of(row.duplicate_of);
  *event.article.mutable_updated_time() = TimeUtil::MicrosecondsToTimestamp(row.updated_us);
  const bool has_own = row.kind == EventKind::kDerive && event.article.has_ingested_time();
  if (!has_own) *event.article.mutable_ingested_time() = TimeUtil::MicrosecondsToTimestamp(row.received_us);
  return event;
}

absl::StatusOr<v1::Revision> DecodeRevision(const Row& row, const Dictionaries& dictionaries) {
  if (absl::Status status = Check(row); !status.ok()) return status;
  absl::StatusOr<v1::Article> article = DecodeDerived(row, dictionaries);
  if (!article.ok()) return article.status();
  absl::StatusOr<std::string> reason = DecodeReason(row);
  if (!reason.ok()) return reason.status();
  v1::Revision revision;
  revision.set_reason(*std::move(reason));
  revision.set_revision(row.revision);
  revision.set_sequence(row.sequence);
  revision.set_kind(ToMessage(row.kind));
  *revision.mutable_received_time() = TimeUtil::MicrosecondsToTimestamp(row.received_us);
  *revision.mutable_updated_time() = TimeUtil::MicrosecondsToTimestamp(row.updated_us);
  revision.set_raw_hash(row.raw_hash);
  revision.set_normaliser_version(row.normaliser_version);
  revision.set_title(article->title());
  if (article->has_embargo_time()) *revision.mutable_embargo_time() = article->embargo_time();
  revision.set_withheld(article->withheld());
  revision.set_corrected(article->corrected());
  return revision;
}

absl::StatusOr<std::string> ReadDerived(const Row& row, const Dictionaries& dictionaries) {
  if (absl::Status status = Check(row); !status.ok()) return status;
  return DecompressDerived(row, dictionaries);
}

absl::StatusOr<v1::RawArticle> DecodeRaw(const Row& row, const Dictionaries& dictionaries) {
  if (row.raw_crc != RawCrc(row.sequence, row.raw)) return Damaged(row, "the checksum of its raw article does not fit");
  absl::StatusOr<std::string> bytes = ReadDerived(row, dictionaries);
  if (!bytes.ok()) return bytes.status();
  bytes = Decompress(row.raw, *bytes);
  v1::RawArticle raw;
  if (!bytes.ok() || !raw.ParseFromString(*bytes)) return Damaged(row, "its raw article cannot be read");
  return raw;
}

}  // namespace broadsheet::ingest
