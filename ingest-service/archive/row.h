#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/ingest.pb.h"
#include "ingest/archive/dictionaries.h"
#include "ingest/archive/event.h"
#include "ingest/archive/sqlite.h"

namespace broadsheet::ingest {

// A row of the event table in memory, blobs compressed.
struct Row {
  int64_t sequence = 0;
  EventKind kind = EventKind::kArticle;
  std::string article_id;
  int32_t revision = 0;
  int64_t received_us = 0;  // microseconds since 1970
  int64_t updated_us = 0;
  int32_t normaliser_version = 0;
  std::string raw_hash;
  std::string text_hash;
  std::string duplicate_of;
  uint32_t derived_crc = 0;
  uint32_t raw_crc = 0;
  std::string derived;
  std::string raw;  // only where it is asked for
};

// The checksums of a row as they are stored. `derived` and `raw` are those of the row, or stand in for them.
uint32_t DerivedCrc(const Row& row, std::string_view derived);
uint32_t RawCrc(int64_t sequence, std::string_view raw);

// The queries whose rows ReadRow takes.
extern const char kRowsAfter[];      // sequence: what came after it, ascending
extern const char kStandingAfter[];  // sequence: what stands of it, ascending
extern const char kStandingOf[];     // article id: what stands of it
extern const char kRowAt[];          // sequence
extern const char kRowsOfArticle[];  // article id, sequence, limit: what came before it, newest first
extern const char kRowBefore[];      // sequence: what came before it, of the same article
extern const char kRowOfRevision[];  // article id, revision: the newest row of it with a raw article; `raw` is set
extern const char kNewestWithRaw[];  // article id: the newest row with a raw article; `raw` is set
extern const char kFirstOf[];        // article id: sequence and received_us of its first row, for no ReadRow
extern const char kRawBehind[];      // article id, sequence: the newest row with a raw article up to it; `raw` is set

// The current row of such a query, copied and not checked.
Row ReadRow(const Query& query);
Row ReadRowWithRaw(const Query& query);

// Checked against its checksum and decoded; DATA_LOSS naming the sequence. FAILED_PRECONDITION for a kind of event
// that this version does not know.
absl::StatusOr<Event> DecodeEvent(const Row& row, const Dictionaries& dictionaries);
absl::StatusOr<v1::Revision> DecodeRevision(const Row& row, const Dictionaries& dictionaries);

// The bytes of its derived article, checked likewise.
absl::StatusOr<std::string> ReadDerived(const Row& row, const Dictionaries& dictionaries);

// The raw article of a row that has it. Errors as above.
absl::StatusOr<v1::RawArticle> DecodeRaw(const Row& row, const Dictionaries& dictionaries);

}  // namespace broadsheet::ingest
