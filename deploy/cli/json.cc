#include "cli/json.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"

namespace broadsheet::cli {
namespace {

// Whether an object is a StreamArticlesRequest: it has one of its keys at the top.
bool IsStreamRequest(const nlohmann::json& object) {
  for (const char* key : {"article", "deletion", "correlationId", "correlation_id", "acknowledge"}) {
    if (object.contains(key)) {
      return true;
    }
  }
  return false;
}

// The top-level names of an object that a message does not have; empty when it has all.
std::string UnknownFields(const nlohmann::json& object, const google::protobuf::Descriptor& type) {
  std::string unknown;
  for (const auto& [key, value] : object.items()) {
    if (type.FindFieldByCamelcaseName(key) == nullptr && type.FindFieldByName(key) == nullptr) {
      absl::StrAppend(&unknown, unknown.empty() ? "" : ", ", key);
    }
  }
  return unknown;
}

std::string FieldNames(const google::protobuf::Descriptor& type) {
  std::string names;
  for (int i = 0; i < type.field_count(); ++i) {
    absl::StrAppend(&names, names.empty() ? "" : ", ", type.field(i)->json_name());
  }
  return names;
}

absl::Status Parse(std::string_view json, const nlohmann::json& object, google::protobuf::Message& message) {
  const auto& type = *message.GetDescriptor();
  const std::string unknown = UnknownFields(object, type);
  if (!unknown.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(type.name(), " has no field ", unknown, "; its fields are ",
                                                   FieldNames(type), ". Rename yours, or leave them out"));
  }
  const auto status = google::protobuf::util::JsonStringToMessage({json.data(), json.size()}, &message);
  if (!status.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("not a ", type.name(), " in proto JSON: ", std::string(status.message())));
  }
  return absl::OkStatus();
}

}  // namespace

std::string ToJson(const google::protobuf::Message& message, JsonStyle style) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = style == JsonStyle::kIndented;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  return status.ok() ? json : nlohmann::json{{"error", std::string(status.message())}}.dump();
}

absl::StatusOr<v1::StreamArticlesRequest> ParseRequest(std::string_view json) {
  const auto object = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) {
    return absl::InvalidArgumentError("not a JSON object in UTF-8; each line must be one whole object");
  }
  v1::StreamArticlesRequest request;
  const absl::Status status =
      IsStreamRequest(object) ? Parse(json, object, request) : Parse(json, object, *request.mutable_article());
  if (!status.ok()) {
    return status;
  }
  return request;
}

}  // namespace broadsheet::cli
