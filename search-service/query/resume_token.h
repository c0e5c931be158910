#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace broadsheet::search {

// Where a stream of articles goes on: everything up to `sequence` was sent, as far as its embargo had passed by
// `clock`. No docids: they are not stable.
struct ResumePosition {
  uint64_t lineage = 0;        // hash of the lineage (HashLineage)
  int64_t sequence = 0;        // of the last event that was dealt with
  int64_t began = 0;           // live queries: the sequence that the first call began after
  int64_t clock_micros = 0;    // embargoes up to this time have passed for this stream
  int64_t clock_sequence = 0;  // live queries: and of those that end at this very time, those up to this sequence

  bool operator==(const ResumePosition&) const = default;
};

enum class ResumeKind : char { kExport = 'e', kWatch = 'w' };

// An opaque, URL-safe token. `fingerprint` is that of the question (SearchQuery::fingerprint).
std::string EncodeResumeToken(const ResumePosition& position, ResumeKind kind, uint64_t fingerprint);

// INVALID_ARGUMENT on field "resume_token": RESUME_TOKEN_DAMAGED when it is none of ours, RESUME_TOKEN_OTHER_QUERY when
// it belongs to another question or another kind of stream. The lineage is yet to be checked.
absl::StatusOr<ResumePosition> DecodeResumeToken(std::string_view token, ResumeKind kind, uint64_t fingerprint);

// FAILED_PRECONDITION (LINEAGE_MISMATCH) when the index was made from another archive than the position is of.
absl::Status CheckLineage(const ResumePosition& position, std::string_view lineage);

}  // namespace broadsheet::search
