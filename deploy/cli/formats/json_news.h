#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/formats/article_fields.h"

// News in other people's JSON. Pure functions, thread-safe.
namespace broadsheet::cli {

inline constexpr int kMaxJsonDepth = 200;

// INVALID_ARGUMENT with line and column for what is no JSON in UTF-8, or is nested too deeply.
absl::StatusOr<nlohmann::json> ParseJson(std::string_view text);

// What a line of text is as JSON: a whole value, the beginning of one that goes on, or neither.
enum class JsonLine { kWhole, kBegun, kBroken };
JsonLine ReadJsonLine(std::string_view line);

// Whether JSON may be what ReadJsonNews reads. Cheap, and never wrong when it says no.
bool MayBeNews(std::string_view text);

// The items of a JSON Feed (1.0, 1.1), a ninjs item (1.x to 3.x) or a JSON-LD document (one article, a @graph, a list),
// in order. Nothing when the value is none of these; no items when it has no article.
std::optional<std::vector<Reading>> ReadJsonNews(const nlohmann::json& value);

// The three, for a value that is one; Is... says so by its first signs.
bool IsJsonFeed(const nlohmann::json& value);
bool IsNinjs(const nlohmann::json& value);
bool IsJsonLd(const nlohmann::json& value);
std::vector<Reading> ReadJsonFeed(const nlohmann::json& feed);
Reading ReadNinjs(const nlohmann::json& item);
std::vector<Reading> ReadJsonLd(const nlohmann::json& value);

// A member that is a string, or a number as one; empty when there is none.
std::string StringIn(const nlohmann::json& object, std::string_view key);

// A member of any kind; null when there is none, or `object` is no object.
const nlohmann::json& MemberIn(const nlohmann::json& object, std::string_view key);

}  // namespace broadsheet::cli
