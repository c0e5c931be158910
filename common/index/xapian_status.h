#pragma once

#include <functional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// The only place where exceptions of the engine are caught (Xapian::Error is no std::exception).
namespace broadsheet {

// The status for the exception being handled. Reasons: INDEX_CHANGED (ABORTED, DatabaseModifiedError),
// INDEX_LOCKED, INDEX_MISSING, INDEX_VERSION, INDEX_CORRUPT (DATA_LOSS), QUERY_REFUSED (INVALID_ARGUMENT), ENGINE (INTERNAL).
// An absl::Status thrown as StatusException keeps its status.
absl::Status StatusOfCurrentException();

// Thrown inside callbacks of the engine to leave a match early, for example at the deadline.
struct StatusException {
  absl::Status status;
};

// Runs `work` and turns what it throws into a status. `work` returns void, absl::Status, T or absl::StatusOr<T>.
template <typename Work>
auto CatchXapian(Work&& work) {
  using Result = std::invoke_result_t<Work>;
  if constexpr (std::is_void_v<Result>) {
    try {
      std::forward<Work>(work)();
      return absl::OkStatus();
    } catch (...) {
      return StatusOfCurrentException();
    }
  } else if constexpr (std::is_constructible_v<Result, absl::Status>) {
    try {
      return std::forward<Work>(work)();
    } catch (...) {
      return Result(StatusOfCurrentException());
    }
  } else {
    try {
      return absl::StatusOr<Result>(std::forward<Work>(work)());
    } catch (...) {
      return absl::StatusOr<Result>(StatusOfCurrentException());
    }
  }
}

}  // namespace broadsheet
