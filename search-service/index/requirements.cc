#include "search/index/requirements.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet::search {
namespace {

constexpr absl::Duration kRetryDelay = absl::Milliseconds(500);
constexpr absl::Duration kRestoredDelay = absl::Seconds(5);

}  // namespace

absl::Status CheckRequirements(const Requirements& requirements, const Snapshot& snapshot) {
  if (!requirements.lineage.empty() && requirements.lineage != snapshot.lineage) {
    return ErrorWithReason(
        absl::StatusCode::kFailedPrecondition, "LINEAGE_MISMATCH",
        absl::StrCat("lineage: the index was made from archive ", snapshot.lineage, ", not from ", requirements.lineage,
                     ": the sequences of one do not compare with those of the other"));
  }
  if (requirements.min_sequence <= snapshot.sequence) return absl::OkStatus();
  return RetryableError(absl::StatusCode::kFailedPrecondition, "SEQUENCE_NOT_REACHED",
                        absl::StrCat("min_sequence: the index holds sequence ", snapshot.sequence, ", not yet ",
                                     requirements.min_sequence),
                        kRetryDelay);
}

absl::Status CheckWhole(const Snapshot& snapshot, int64_t after_sequence) {
  if (snapshot.left_out.empty() || snapshot.left_out_through <= after_sequence) return absl::OkStatus();
  return RetryableError(absl::StatusCode::kUnavailable, "INDEX_INCOMPLETE",
                        absl::StrCat("a part of the index is damaged and left out, and what it had is not indexed again"
                                     " yet: ask again later (",
                                     snapshot.left_out, ")"),
                        kRestoredDelay);
}

}  // namespace broadsheet::search
