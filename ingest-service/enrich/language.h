#pragma once

#include <string>
#include <string_view>

namespace broadsheet::ingest {

// The language of a text by CLD2, as a BCP 47 tag; empty when it cannot be told. `text` must be valid UTF-8; its first
// kilobyte or so is looked at. Thread-safe.
std::string DetectLanguage(std::string_view text);

}  // namespace broadsheet::ingest
