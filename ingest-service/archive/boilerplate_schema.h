#pragma once

#include "absl/status/status.h"
#include "ingest/archive/sqlite.h"

// The tables of boilerplate.db. Stored on disk: a change needs a new kBoilerplateFormat; an older file is emptied, and
// the lines are counted anew.
//
//   source  one row per source: its key, the articles that stand, and how many there ever were (`seen`)
//   line    one row per line of a source: in how many articles that stand, the sequence and the source's `seen` at the
//           first of them, and how much later the last was (0, which takes no room, of most lines: one article has
//           them), its text once a second article has it, and from which version to which it was cut (0: never, still)
//   state   lineage and settings as text, sequence, version and the number of lines as numbers
namespace broadsheet::ingest {

inline constexpr int kBoilerplateFormat = 2;                  // PRAGMA user_version
inline constexpr int kBoilerplateApplicationId = 0x42534250;  // PRAGMA application_id: "BSBP"

// Makes the tables in an empty database, or checks that they are ours. FAILED_PRECONDITION when the file is something
// else or of a newer format. The connection is in WAL mode afterwards.
absl::Status PrepareBoilerplateSchema(Connection& connection);

// Empties the tables.
absl::Status ClearBoilerplate(Connection& connection);

}  // namespace broadsheet::ingest
