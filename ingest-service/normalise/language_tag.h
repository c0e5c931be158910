#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::ingest {

// A BCP 47 tag in its usual case ("EN-us" and "en_US" -> "en-US"; withdrawn codes such as "iw" by their heirs). Empty
// when it is not well formed, has no language of two or three letters, or is "und". Thread-safe.
std::optional<std::string> CanonicalLanguageTag(std::string_view tag);

}  // namespace broadsheet::ingest
