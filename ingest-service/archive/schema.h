#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "ingest/archive/sqlite.h"

// The tables of archive.db. Stored on disk: a change needs a new kArchiveFormat and a migration.
//
//   event     one row per event, never changed. Two checksums: derived_crc over the small columns and the derived
//             article, raw_crc over sequence and raw article (row.h). The blobs come last, so that reading the rest
//             does not read them. A deletion with a reason has it in the place of the derived article.
//   head      one row per article: which event stands, and what decisions need of it. `text_since` is the sequence
//             since which it has had this text without a break; `copy` is 1 when duplicate_of is set. text_hash is
//             empty for what is withheld, so that nothing is marked as a copy of it.
//   alias     the keys that lead to an article, other than its own id
//   tally     counts, kept with each commit
//   identity  the lineage
//   dictionary  what derived articles are compressed with, each with its checksum (kept_dictionary.h)
//
// Since format 2 a raw article is compressed given the bytes of its derived one (compress.h). Both are read in the same
// way. Since format 3 derived articles may be compressed with a dictionary. An older archive gets the table for them
// and the new number, which keeps older programs from it.
//
// head, alias and tally are functions of event.
namespace broadsheet::ingest {

inline constexpr int kArchiveFormat = 3;           // PRAGMA user_version
inline constexpr int kApplicationId = 0x42534152;  // PRAGMA application_id: "BSAR"
inline constexpr int kPageSize = 4096;

// Makes the tables in an empty database, or checks that they are ours. FAILED_PRECONDITION when the file is no archive
// or of a newer format. The connection is in WAL mode afterwards.
absl::Status PrepareSchema(Connection& connection);

absl::StatusOr<std::string> ReadLineage(Connection& connection);

}  // namespace broadsheet::ingest
