#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

// Makers of the errors that callers see. Details travel inside the absl::Status as payloads, each a serialised
// google.rpc message under its type URL; common/rpc/grpc_status.h turns them into a google.rpc.Status.
namespace broadsheet {

// Payload keys. They are the type URLs of the google.rpc messages.
inline constexpr char kBadRequestUrl[] = "type.googleapis.com/google.rpc.BadRequest";
inline constexpr char kErrorInfoUrl[] = "type.googleapis.com/google.rpc.ErrorInfo";
inline constexpr char kRetryInfoUrl[] = "type.googleapis.com/google.rpc.RetryInfo";

// ErrorInfo.domain of every error of these services.
inline constexpr char kErrorDomain[] = "broadsheet";

// One field at fault: its path from the request ("filter.all_of.filters[2].time_range.field") and what is wrong,
// with the limit and the way out.
struct FieldViolation {
  std::string field;
  std::string description;
};

// INVALID_ARGUMENT with BadRequest and ErrorInfo. `reason` is UPPER_SNAKE_CASE and stable, for example "PAGE_SIZE".
absl::Status InvalidField(std::string_view reason, std::string_view field, std::string_view description);

// An error of any code with ErrorInfo.
absl::Status ErrorWithReason(absl::StatusCode code, std::string_view reason, std::string_view message);

// The same with RetryInfo: what was asked may work after `delay`.
absl::Status RetryableError(absl::StatusCode code, std::string_view reason, std::string_view message,
                            absl::Duration delay);

// Reads the details back; empty (or zero) when there are none.
std::string ReasonOf(const absl::Status& status);
std::vector<FieldViolation> FieldViolationsOf(const absl::Status& status);
absl::Duration RetryDelayOf(const absl::Status& status);

}  // namespace broadsheet
