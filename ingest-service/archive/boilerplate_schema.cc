#include "ingest/archive/boilerplate_schema.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet::ingest {
namespace {

constexpr char kTables[] = R"sql(
CREATE TABLE source(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  articles INTEGER NOT NULL,
  seen INTEGER NOT NULL) STRICT;
CREATE TABLE line(
  source INTEGER NOT NULL,
  id INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  first_sequence INTEGER NOT NULL,
  sequences INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  span INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY(source, id)) STRICT, WITHOUT ROWID;
CREATE INDEX line_by_articles ON line(articles, source, id) WHERE text <> '';
CREATE INDEX line_in_force ON line(source, id) WHERE since > 0 AND until = 0;
CREATE TABLE state(name TEXT PRIMARY KEY, number INTEGER NOT NULL, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
)sql";

constexpr char kNoTables[] = "DROP TABLE line; DROP TABLE source; DROP TABLE state;";

constexpr char kNoState[] = R"sql(
INSERT INTO state VALUES('lineage', 0, ''), ('settings', 0, ''), ('sequence', 0, ''), ('version', 0, ''),
                        ('lines', 0, '');
)sql";

absl::Status Create(Connection& connection, std::string_view before) {
  if (absl::Status status = connection.Execute("PRAGMA journal_mode=WAL"); !status.ok()) return status;
  const std::string statements(absl::StrCat("BEGIN IMMEDIATE;", std::string(before), kTables, kNoState,
                                            "PRAGMA application_id=", kBoilerplateApplicationId,
                                            "; PRAGMA user_version=", kBoilerplateFormat, "; COMMIT;"));
  return connection.Execute(statements.c_str());
}

}  // namespace

absl::Status PrepareBoilerplateSchema(Connection& connection) {
  const auto objects = connection.QueryInt("SELECT count(*) FROM sqlite_schema");
  if (!objects.ok()) return objects.status();
  if (*objects == 0) return Create(connection, "");
  const auto application = connection.QueryInt("PRAGMA application_id");
  if (!application.ok()) return application.status();
  const auto format = connection.QueryInt("PRAGMA user_version");
  if (!format.ok()) return format.status();
  const bool ours = *application == kBoilerplateApplicationId;
  if (ours && *format < kBoilerplateFormat) return Create(connection, kNoTables);
  if (ours && *format == kBoilerplateFormat) return connection.Execute("PRAGMA journal_mode=WAL");
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "BOILERPLATE_FORMAT",
      absl::StrCat("boilerplate.db is of another program or of format ", *format, ", this program reads format ",
                   kBoilerplateFormat, "; delete it, and what it held is learned again from the archive"));
}

absl::Status ClearBoilerplate(Connection& connection) {
  return connection.Execute(
      absl::StrCat("BEGIN IMMEDIATE; DELETE FROM line; DELETE FROM source; DELETE FROM state;", kNoState, "COMMIT;")
          .c_str());
}

}  // namespace broadsheet::ingest
