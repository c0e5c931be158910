#include "ingest/archive/sql_standing.h"

#include "common/base/timestamp.h"
#include "ingest/archive/row.h"

namespace broadsheet::ingest {
namespace {

constexpr char kHead[] =
    "SELECT id, sequence, revision, deleted, updated_us, raw_hash, text_hash, text_since, duplicate_of"
    " FROM head WHERE id = ?";
constexpr char kText[] =
    "SELECT id, sequence, revision, deleted, updated_us, raw_hash, text_hash, text_since, duplicate_of"
    " FROM head INDEXED BY head_by_text WHERE deleted = 0 AND text_hash = ? AND id <> ?"
    " ORDER BY copy, text_since";
constexpr char kAlias[] = "SELECT article_id FROM alias WHERE kind = ? AND key = ?";

Head CurrentHead(const Query& query) {
  Head head;
  head.id = query.Bytes(0);
  head.sequence = query.Int(1);
  head.revision = static_cast<int32_t>(query.Int(2));
  head.deleted = query.Int(3) != 0;
  head.updated_time = absl::FromUnixMicros(query.Int(4));
  head.raw_hash = query.Bytes(5);
  head.text_hash = query.Bytes(6);
  head.text_since = query.Int(7);
  head.duplicate_of = query.Bytes(8);
  return head;
}

// Until when readers do not find what a row wrote.
absl::StatusOr<absl::Time> HiddenUntil(Connection& connection, const Dictionaries& dictionaries, int64_t sequence) {
  Query query(connection, kRowAt);
  query.Bind(sequence);
  if (!query.Step()) return query.status().ok() ? absl::InfinitePast() : absl::StatusOr<absl::Time>(query.status());
  absl::StatusOr<Event> event = DecodeEvent(ReadRow(query), dictionaries);
  if (!event.ok()) return event.status();
  if (!event->article.has_embargo_time()) return absl::InfinitePast();
  return ToTime(event->article.embargo_time());
}

}  // namespace

absl::StatusOr<std::optional<Head>> SqlStanding::FindHead(std::string_view id) {
  Query query(connection_, kHead);
  query.BindText(id);
  if (query.Step()) return CurrentHead(query);
  if (!query.status().ok()) return query.status();
  return std::nullopt;
}

absl::StatusOr<std::string> SqlStanding::FindAlias(AliasKind kind, std::string_view key) {
  Query query(connection_, kAlias);
  query.Bind(static_cast<int64_t>(kind)).BindText(key);
  if (query.Step()) return std::string(query.Bytes(0));
  if (!query.status().ok()) return query.status();
  return std::string();
}

absl::StatusOr<std::optional<Head>> SqlStanding::FindText(std::string_view text_hash, std::string_view except_id,
                                                          absl::Time found_by) {
  Query query(connection_, kText);
  query.BindText(text_hash).BindText(except_id);
  while (query.Step()) {
    Head head = CurrentHead(query);
    absl::StatusOr<absl::Time> hidden_until = HiddenUntil(connection_, dictionaries_, head.sequence);
    if (!hidden_until.ok()) return hidden_until.status();
    if (*hidden_until <= found_by) return head;
  }
  if (!query.status().ok()) return query.status();
  return std::nullopt;
}

}  // namespace broadsheet::ingest
