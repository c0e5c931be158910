#include "ingest/archive/ledger.h"

#include <algorithm>
#include <variant>

#include "common/base/compress.h"

namespace broadsheet::ingest {
namespace {

constexpr char kInsert[] =
    "INSERT INTO event(sequence, kind, article_id, revision, received_us, updated_us, normaliser_version, raw_hash,"
    " text_hash, duplicate_of, derived_crc, raw_crc, derived, raw) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kReplace[] =
    "INSERT INTO head(id, sequence, revision, deleted, updated_us, raw_hash, text_hash, text_since, copy, duplicate_of)"
    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(id) DO UPDATE SET sequence = ?2, revision = ?3,"
    " deleted = ?4, updated_us = ?5, raw_hash = ?6, text_hash = ?7, text_since = ?8, copy = ?9, duplicate_of = ?10";
constexpr char kAddAlias[] = "INSERT INTO alias(kind, key, article_id) VALUES(?, ?, ?)";
constexpr char kTally[] = "UPDATE tally SET value = CASE name WHEN 'articles' THEN ? ELSE ? END";

// The sequence table remembers numbers whose rows are gone: they are never given again.
constexpr char kLastSequence[] =
    "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0),"
    " coalesce((SELECT max(sequence) FROM event), 0))";

// What a deletion's row holds in the place of an article.
std::string PackReason(const std::string& reason) {
  if (reason.empty()) return {};
  v1::Deletion deletion;
  deletion.set_reason(reason);
  return Compress(deletion.SerializeAsString());
}

}  // namespace

absl::StatusOr<std::unique_ptr<Ledger>> Ledger::Open(Connection& connection, const Dictionaries& dictionaries) {
  std::unique_ptr<Ledger> ledger(new Ledger(connection, dictionaries));
  absl::StatusOr<int64_t> last = connection.QueryInt(kLastSequence);
  if (!last.ok()) return last.status();
  ledger->last_sequence_ = *last;
  absl::StatusOr<int64_t> articles = connection.QueryInt("SELECT value FROM tally WHERE name = 'articles'");
  if (!articles.ok()) return articles.status();
  ledger->articles_ = *articles;
  absl::StatusOr<int64_t> tombstones = connection.QueryInt("SELECT value FROM tally WHERE name = 'tombstones'");
  if (!tombstones.ok()) return tombstones.status();
  ledger->tombstones_ = *tombstones;
  Query newest(connection, "SELECT received_us FROM event ORDER BY sequence DESC LIMIT 1");
  if (newest.Step()) ledger->last_received_ = absl::FromUnixMicros(newest.Int(0));
  if (!newest.status().ok()) return newest.status();
  return ledger;
}

absl::Status Ledger::Begin() {
  return Query(connection_, "BEGIN IMMEDIATE").Run();
}

absl::Status Ledger::Commit() {
  if (counts_changed_) {
    counts_changed_ = false;
    Query query(connection_, kTally);
    query.Bind(articles_).Bind(tombstones_);
    if (absl::Status status = query.Run(); !status.ok()) return status;
  }
  return Query(connection_, "COMMIT").Run();
}

void Ledger::Rollback() {
  // After some errors SQLite has rolled back by itself; then this one says so, to nobody's harm.
  Query(connection_, "ROLLBACK").Run().IgnoreError();
}

absl::StatusOr<v1::IngestResult> Ledger::Write(const Record& record, absl::Time now) {
  // The clock may be set back; what was received later never says that it came earlier.
  absl::Time received = std::max(absl::FromUnixMicros(absl::ToUnixMicros(now)), last_received_);
  if (const auto* article = std::get_if<ArticleRecord>(&record)) return WriteArticle(*article, received);
  if (const auto* deletion = std::get_if<DeletionRecord>(&record)) return WriteDeletion(*deletion, received);
  if (const auto* derivation = std::get_if<DerivationRecord>(&record)) return WriteDerivation(*derivation, received);
  if (const auto* dictionary = std::get_if<KeptDictionary>(&record)) return WriteDictionary(*dictionary);
  return DecideRejection(std::get<Rejection>(record)).result;
}

absl::StatusOr<v1::IngestResult> Ledger::WriteArticle(const ArticleRecord& record, absl::Time received) {
  absl::StatusOr<Decision> decision = DecideArticle(record, received, standing_);
  if (!decision.ok()) return decision.status();
  v1::IngestResult& result = decision->result;
  if (!decision->writes) return result;
  Row row;
  row.kind = EventKind::kArticle;
  row.article_id = result.article_id();
  row.revision = result.revision();
  row.updated_us = absl::ToUnixMicros(decision->updated_time);
  row.normaliser_version = record.normaliser_version;
  row.raw_hash = record.raw_hash;
  row.text_hash = record.text_hash;
  row.duplicate_of = result.duplicate_of();
  if (absl::Status status = Insert(row, record.derived, record.raw, received); !status.ok()) return status;
  int64_t text_since = decision->same_text ? decision->before->text_since : row.sequence;
  // Nothing becomes a copy of what is withheld.
  const std::string text_hash = record.withheld ? std::string() : row.text_hash;
  if (absl::Status status = Replace(row, text_hash, text_since); !status.ok()) return status;
  if (absl::Status status = AddAliases(*decision); !status.ok()) return status;
  bool had_tombstone = decision->before.has_value() && decision->before->deleted;
  articles_ += !decision->before.has_value() || had_tombstone;
  tombstones_ -= had_tombstone;
  result.set_sequence(row.sequence);
  return result;
}

absl::StatusOr<v1::IngestResult> Ledger::WriteDerivation(const DerivationRecord& record, absl::Time received) {
  absl::StatusOr<Decision> decision = DecideDerivation(record, received, standing_);
  if (!decision.ok()) return decision.status();
  v1::IngestResult& result = decision->result;
  if (!decision->writes) return result;
  Row row;
  row.kind = EventKind::kDerive;
  row.article_id = record.article_id;
  row.revision = result.revision();
  row.updated_us = absl::ToUnixMicros(decision->updated_time);
  row.normaliser_version = record.normaliser_version;
  row.raw_hash = decision->before->raw_hash;
  row.text_hash = record.text_hash;
  row.duplicate_of = result.duplicate_of();
  if (absl::Status status = Insert(row, record.derived, "", received); !status.ok()) return status;
  const std::string text_hash = record.withheld ? std::string() : row.text_hash;
  const int64_t text_since = decision->same_text ? decision->before->text_since : row.sequence;
  if (absl::Status status = Replace(row, text_hash, text_since); !status.ok()) return status;
  result.set_sequence(row.sequence);
  return result;
}

absl::StatusOr<v1::IngestResult> Ledger::WriteDeletion(const DeletionRecord& record, absl::Time received) {
  absl::StatusOr<Decision> decision = DecideDeletion(record, received, standing_);
  if (!decision.ok()) return decision.status();
  v1::IngestResult& result = decision->result;
  if (!decision->writes) return result;
  Row row;
  row.kind = EventKind::kDeletion;
  row.article_id = result.article_id();
  row.revision = result.revision();
  row.updated_us = absl::ToUnixMicros(decision->updated_time);
  if (absl::Status status = Insert(row, PackReason(record.reason), "", received); !status.ok()) return status;
  if (absl::Status status = Replace(row, "", row.sequence); !status.ok()) return status;
  --articles_;
  ++tombstones_;
  result.set_sequence(row.sequence);
  return result;
}

absl::StatusOr<v1::IngestResult> Ledger::WriteDictionary(const KeptDictionary& dictionary) {
  if (absl::Status status = InsertDictionary(connection_, dictionary); !status.ok()) return status;
  return v1::IngestResult();
}

absl::Status Ledger::Insert(Row& row, std::string_view derived, std::string_view raw, absl::Time received) {
  row.sequence = last_sequence_ + 1;
  row.received_us = absl::ToUnixMicros(received);
  Query query(connection_, kInsert);
  query.Bind(row.sequence).Bind(static_cast<int64_t>(row.kind)).BindText(row.article_id).Bind(row.revision);
  query.Bind(row.received_us).Bind(row.updated_us).Bind(row.normaliser_version).BindText(row.raw_hash);
  query.BindText(row.text_hash).BindText(row.duplicate_of).Bind(DerivedCrc(row, derived));
  query.Bind(RawCrc(row.sequence, raw)).BindBlob(derived).BindBlob(raw);
  if (absl::Status status = query.Run(); !status.ok()) return status;
  last_sequence_ = row.sequence;
  last_received_ = received;
  counts_changed_ = true;
  return absl::OkStatus();
}

absl::Status Ledger::Replace(const Row& row, std::string_view text_hash, int64_t text_since) {
  Query query(connection_, kReplace);
  query.BindText(row.article_id).Bind(row.sequence).Bind(row.revision).Bind(row.kind == EventKind::kDeletion);
  query.Bind(row.updated_us).BindText(row.raw_hash).BindText(text_hash).Bind(text_since);
  query.Bind(!row.duplicate_of.empty()).BindText(row.duplicate_of);
  return query.Run();
}

absl::Status Ledger::AddAliases(const Decision& decision) {
  for (const Alias& alias : decision.new_aliases) {
    Query query(connection_, kAddAlias);
    query.Bind(static_cast<int64_t>(alias.kind)).BindText(alias.key).BindText(decision.result.article_id());
    if (absl::Status status = query.Run(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::ingest
