#include "search/index/requirements.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet::search {
namespace {

constexpr absl::Duration kRetryDelay = absl::Milliseconds(500);

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

}  // namespace broadsheet::search
