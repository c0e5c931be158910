#include "common/index/xapian_status.h"

#include <xapian.h>

#include <exception>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet {
namespace {

using Code = absl::StatusCode;

constexpr absl::Duration kReopenDelay = absl::Milliseconds(100);
constexpr absl::Duration kMissingDelay = absl::Seconds(1);

// What the engine says goes into the message: it names files and limits, never the words of a query or an article.
std::string Told(std::string_view what, const Xapian::Error& error) {
  return absl::StrCat(std::string(what), " (", error.get_type(), ": ", error.get_msg(), ")");
}

absl::Status EngineFailed(std::string_view what) {
  return ErrorWithReason(Code::kInternal, "ENGINE", absl::StrCat("the index engine failed: ", std::string(what)));
}

// Xapian::Error has no virtual functions, so its kinds can only be told apart by catching them, kinds before what they
// derive from.
absl::Status StatusOfCurrentDatabaseError() {
  try {
    throw;
  } catch (const Xapian::DatabaseModifiedError&) {
    return RetryableError(Code::kAborted, "INDEX_CHANGED", "the index changed while it was read: try again",
                          kReopenDelay);
  } catch (const Xapian::DatabaseLockError& error) {
    return ErrorWithReason(Code::kFailedPrecondition, "INDEX_LOCKED",
                           Told("another process writes this index: stop it or choose another data directory", error));
  } catch (const Xapian::DatabaseVersionError& error) {
    return ErrorWithReason(Code::kFailedPrecondition, "INDEX_VERSION",
                           Told("another version of the engine wrote this index: run `ingest-service rebuild`", error));
  } catch (const Xapian::DatabaseOpeningError& error) {  // DatabaseNotFoundError too
    return RetryableError(Code::kUnavailable, "INDEX_MISSING", Told("the index cannot be opened", error),
                          kMissingDelay);
  } catch (const Xapian::DatabaseCorruptError& error) {
    return ErrorWithReason(Code::kDataLoss, "INDEX_CORRUPT",
                           Told("the index is damaged: run `ingest-service rebuild`", error));
  } catch (const Xapian::DatabaseError& error) {
    return EngineFailed(error.get_description());
  }
}

absl::Status StatusOfCurrentXapianError() {
  try {
    throw;
  } catch (const Xapian::DatabaseError&) {
    return StatusOfCurrentDatabaseError();
  } catch (const Xapian::QueryParserError& error) {
    return ErrorWithReason(Code::kInvalidArgument, "QUERY_REFUSED", Told("the query cannot be run", error));
  } catch (const Xapian::WildcardError&) {  // its message has the words of the query in it
    return ErrorWithReason(Code::kInvalidArgument, "QUERY_REFUSED",
                           "a prefix* in the query matches too many words: write more letters before the *");
  } catch (const Xapian::DocNotFoundError&) {
    return ErrorWithReason(Code::kNotFound, "DOCUMENT_MISSING", "the index has no such document");
  } catch (const Xapian::NetworkTimeoutError& error) {
    return ErrorWithReason(Code::kDeadlineExceeded, "ENGINE_TIMEOUT", Told("a remote index did not answer", error));
  } catch (const Xapian::Error& error) {
    return EngineFailed(error.get_description());
  }
}

}  // namespace

absl::Status StatusOfCurrentException() {
  try {
    throw;
  } catch (const StatusException& thrown) {
    return thrown.status;
  } catch (const Xapian::Error&) {
    return StatusOfCurrentXapianError();
  } catch (const std::exception& error) {
    return EngineFailed(error.what());
  } catch (...) {
    return EngineFailed("unknown exception");
  }
}

}  // namespace broadsheet
