#include "ingest/archive/sql_standing.h"

namespace broadsheet::ingest {
namespace {

constexpr char kHead[] =
    "SELECT id, sequence, revision, deleted, updated_us, raw_hash, text_hash, text_since, duplicate_of"
    " FROM head WHERE id = ?";
constexpr char kText[] =
    "SELECT id, sequence, revision, deleted, updated_us, raw_hash, text_hash, text_since, duplicate_of"
    " FROM head INDEXED BY head_by_text WHERE deleted = 0 AND text_hash = ? AND id <> ?"
    " ORDER BY copy, text_since LIMIT 1";
constexpr char kAlias[] = "SELECT article_id FROM alias WHERE kind = ? AND key = ?";

absl::StatusOr<std::optional<Head>> OneHead(Query& query) {
  if (!query.Step()) {
    if (!query.status().ok()) return query.status();
    return std::nullopt;
  }
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

}  // namespace

absl::StatusOr<std::optional<Head>> SqlStanding::FindHead(std::string_view id) {
  Query query(connection_, kHead);
  query.BindText(id);
  return OneHead(query);
}

absl::StatusOr<std::string> SqlStanding::FindAlias(AliasKind kind, std::string_view key) {
  Query query(connection_, kAlias);
  query.Bind(static_cast<int64_t>(kind)).BindText(key);
  if (query.Step()) return std::string(query.Bytes(0));
  if (!query.status().ok()) return query.status();
  return std::string();
}

absl::StatusOr<std::optional<Head>> SqlStanding::FindText(std::string_view text_hash, std::string_view except_id) {
  Query query(connection_, kText);
  query.BindText(text_hash).BindText(except_id);
  return OneHead(query);
}

}  // namespace broadsheet::ingest
