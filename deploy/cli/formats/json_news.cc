#include "cli/formats/json_news.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace broadsheet::cli {
namespace {

using nlohmann::json;

// A deep value would need as deep a stack to be copied or written.
bool IsTooDeep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (in_string) {
      at += c == '\\' ? 1 : 0;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxJsonDepth) {
        return true;
      }
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

absl::Status Malformed(std::string_view text, size_t at) {
  const std::string_view before = text.substr(0, at == 0 ? 0 : at - 1);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const size_t begin = before.rfind('\n');
  const size_t column = before.size() - (begin == std::string_view::npos ? 0 : begin + 1) + 1;
  return absl::InvalidArgumentError(absl::StrCat("not JSON in UTF-8: see line ", line, ", column ", column));
}

}  // namespace

absl::StatusOr<json> ParseJson(std::string_view text) {
  if (IsTooDeep(text)) {
    return absl::InvalidArgumentError(absl::StrCat("JSON nested deeper than ", kMaxJsonDepth, ", the limit"));
  }
  try {
    return json::parse(text);
  } catch (const json::parse_error& error) {
    return Malformed(text, error.byte);
  } catch (const json::exception&) {  // a number too large for any type
    return Malformed(text, 0);
  }
}

JsonLine ReadJsonLine(std::string_view line) {
  try {
    return json::parse(line).is_discarded() ? JsonLine::kBroken : JsonLine::kWhole;
  } catch (const json::parse_error& error) {
    return error.byte > line.size() ? JsonLine::kBegun : JsonLine::kBroken;
  } catch (const json::exception&) {
    return JsonLine::kBroken;
  }
}

bool MayBeNews(std::string_view text) {
  for (const std::string_view sign : {"\"@", "\"uri\"", "jsonfeed.org", "ninjs"}) {
    if (text.find(sign) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

std::optional<std::vector<Reading>> ReadJsonNews(const json& value) {
  if (IsJsonFeed(value)) {
    return ReadJsonFeed(value);
  }
  if (IsJsonLd(value)) {
    return ReadJsonLd(value);
  }
  if (IsNinjs(value)) {
    std::vector<Reading> items;
    items.push_back(ReadNinjs(value));
    return items;
  }
  return std::nullopt;
}

const json& MemberIn(const json& object, std::string_view key) {
  static const json none;
  if (!object.is_object()) {
    return none;
  }
  const auto found = object.find(std::string(key));
  return found == object.end() ? none : *found;
}

std::string StringIn(const json& object, std::string_view key) {
  const json& value = MemberIn(object, key);
  if (value.is_string()) {
    return value.get<std::string>();
  }
  return value.is_number() ? value.dump() : "";
}

}  // namespace broadsheet::cli
