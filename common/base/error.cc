#include "common/base/error.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"

namespace broadsheet {
namespace {

absl::string_view View(std::string_view text) {
  return {text.data(), text.size()};
}

void Attach(absl::Status& status, const char* url, const google::protobuf::Message& detail) {
  status.SetPayload(url, absl::Cord(detail.SerializeAsString()));
}

void AttachReason(absl::Status& status, std::string_view reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(kErrorDomain);
  Attach(status, kErrorInfoUrl, info);
}

template <typename Detail>
bool Read(const absl::Status& status, const char* url, Detail& detail) {
  auto payload = status.GetPayload(url);
  return payload.has_value() && detail.ParseFromString(std::string(*payload));
}

}  // namespace

absl::Status InvalidField(std::string_view reason, std::string_view field, std::string_view description) {
  absl::Status status(absl::StatusCode::kInvalidArgument, absl::StrCat(View(field), ": ", View(description)));
  google::rpc::BadRequest bad;
  auto* violation = bad.add_field_violations();
  violation->set_field(std::string(field));
  violation->set_description(std::string(description));
  Attach(status, kBadRequestUrl, bad);
  AttachReason(status, reason);
  return status;
}

absl::Status ErrorWithReason(absl::StatusCode code, std::string_view reason, std::string_view message) {
  absl::Status status(code, View(message));
  AttachReason(status, reason);
  return status;
}

absl::Status RetryableError(absl::StatusCode code, std::string_view reason, std::string_view message,
                            absl::Duration delay) {
  absl::Status status = ErrorWithReason(code, reason, message);
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(absl::IDivDuration(delay, absl::Seconds(1), &delay));
  retry.mutable_retry_delay()->set_nanos(static_cast<int32_t>(delay / absl::Nanoseconds(1)));
  Attach(status, kRetryInfoUrl, retry);
  return status;
}

std::string ReasonOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  return Read(status, kErrorInfoUrl, info) ? info.reason() : std::string();
}

std::vector<FieldViolation> FieldViolationsOf(const absl::Status& status) {
  google::rpc::BadRequest bad;
  std::vector<FieldViolation> found;
  if (!Read(status, kBadRequestUrl, bad)) return found;
  for (const auto& violation : bad.field_violations())
    found.push_back({violation.field(), violation.description()});
  return found;
}

absl::Duration RetryDelayOf(const absl::Status& status) {
  google::rpc::RetryInfo retry;
  if (!Read(status, kRetryInfoUrl, retry)) return absl::ZeroDuration();
  return absl::Seconds(retry.retry_delay().seconds()) + absl::Nanoseconds(retry.retry_delay().nanos());
}

}  // namespace broadsheet
