#pragma once

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/ingest.pb.h"
#include "ingest/archive/decide.h"
#include "ingest/archive/record.h"
#include "ingest/archive/row.h"
#include "ingest/archive/sql_standing.h"
#include "ingest/archive/sqlite.h"

namespace broadsheet::ingest {

// Writes decisions into the tables, one transaction at a time. For one thread. After an error it is of no more use: the
// database is right, what this object remembers of it need not be.
class Ledger {
 public:
  // Reads where the archive stands. Both must outlive it.
  static absl::StatusOr<std::unique_ptr<Ledger>> Open(Connection& connection, const Dictionaries& dictionaries);

  absl::Status Begin();

  // Decides and, where the decision says so, writes. The result lacks lineage and acknowledged.
  absl::StatusOr<v1::IngestResult> Write(const Record& record, absl::Time now);

  // When it returns OK, everything written since Begin is durable.
  absl::Status Commit();

  // Gives up what was written since Begin.
  void Rollback();

  // Sequence of the newest event written.
  int64_t last_sequence() const { return last_sequence_; }

 private:
  Ledger(Connection& connection, const Dictionaries& dictionaries)
      : connection_(connection), standing_(connection, dictionaries) {}

  absl::StatusOr<v1::IngestResult> WriteArticle(const ArticleRecord& record, absl::Time received);
  absl::StatusOr<v1::IngestResult> WriteDerivation(const DerivationRecord& record, absl::Time received);
  absl::StatusOr<v1::IngestResult> WriteDeletion(const DeletionRecord& record, absl::Time received);
  absl::StatusOr<v1::IngestResult> WriteDictionary(const KeptDictionary& dictionary);
  absl::Status Insert(Row& row, std::string_view derived, std::string_view raw, absl::Time received);
  absl::Status Replace(const Row& row, std::string_view text_hash, int64_t text_since);
  absl::Status AddAliases(const Decision& decision);

  Connection& connection_;
  SqlStanding standing_;
  int64_t last_sequence_ = 0;
  absl::Time last_received_ = absl::InfinitePast();
  int64_t articles_ = 0;
  int64_t tombstones_ = 0;
  bool counts_changed_ = false;
};

}  // namespace broadsheet::ingest
