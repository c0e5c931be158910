#pragma once

#include <functional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// The only place where exceptions of the engine are caught (Xapian::Error is no std::exception).
namespace broadsheet {

// The status for the exception being handled. Its reasons:
//   INDEX_CHANGED     ABORTED, with RetryInfo: a commit overtook the reader; reopen and run the whole query again
//   INDEX_LOCKED      FAILED_PRECONDITION: another process writes the index
//   INDEX_MISSING     UNAVAILABLE, with RetryInfo: not there yet, or it cannot be opened
//   INDEX_VERSION     FAILED_PRECONDITION: rebuild
//   INDEX_CORRUPT     DATA_LOSS: rebuild
//   QUERY_REFUSED     INVALID_ARGUMENT: the parser or a wildcard's limit
//   DOCUMENT_MISSING  NOT_FOUND
//   ENGINE_TIMEOUT    DEADLINE_EXCEEDED: a remote database did not answer
//   ENGINE            INTERNAL: everything else
// An absl::Status thrown as StatusException keeps its status.
absl::Status StatusOfCurrentException();

// Thrown inside callbacks of the engine to leave a match early, for example at the deadline.
struct StatusException {
  absl::Status status;
};

// The value; throws the status when there is none.
template <typename Value>
Value OrThrow(absl::StatusOr<Value> value) {
  if (!value.ok()) throw StatusException{value.status()};
  return *std::move(value);
}

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
