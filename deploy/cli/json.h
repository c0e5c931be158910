#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/ingest.pb.h"
#include "google/protobuf/message.h"

namespace broadsheet::cli {

enum class JsonStyle { kOneLine, kIndented };

// A message in proto JSON.
std::string ToJson(const google::protobuf::Message& message, JsonStyle style);

// Reads one RawArticle, or one StreamArticlesRequest, in proto JSON (camelCase or snake_case names). Fields that the
// message does not have are INVALID_ARGUMENT and named: nothing is dropped silently.
absl::StatusOr<v1::StreamArticlesRequest> ParseRequest(std::string_view json);

}  // namespace broadsheet::cli
