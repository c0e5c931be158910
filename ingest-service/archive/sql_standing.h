#pragma once

#include "ingest/archive/decide.h"
#include "ingest/archive/dictionaries.h"
#include "ingest/archive/sqlite.h"

namespace broadsheet::ingest {

// What stands according to a database: as of the transaction that the connection is in.
class SqlStanding : public Standing {
 public:
  SqlStanding(Connection& connection, const Dictionaries& dictionaries)
      : connection_(connection), dictionaries_(dictionaries) {}

  absl::StatusOr<std::optional<Head>> FindHead(std::string_view id) override;
  absl::StatusOr<std::string> FindAlias(AliasKind kind, std::string_view key) override;
  absl::StatusOr<std::optional<Head>> FindText(std::string_view text_hash, std::string_view except_id,
                                               absl::Time found_by) override;

 private:
  Connection& connection_;
  const Dictionaries& dictionaries_;
};

}  // namespace broadsheet::ingest
