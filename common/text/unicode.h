#pragma once

#include <string>
#include <string_view>

// Unicode, by ICU. Pure functions, thread-safe.
namespace broadsheet {

bool IsValidUtf8(std::string_view text);

// Replaces each ill-formed sequence by U+FFFD, as the Unicode standard recommends (maximal subparts).
std::string RepairUtf8(std::string_view text);

// Normalization Form C: for display. `text` must be valid UTF-8.
std::string ToNfc(std::string_view text);

// For matching: NFKC, full case folding, default ignorables dropped, digits of all scripts as ASCII digits, and accents
// and strokes dropped from Latin, Greek and Cyrillic letters ("café" -> cafe, "Łódź" -> lodz, "ё" -> е) but not from
// scripts where marks make another letter, nor from Cyrillic й, ў and ї, which are letters of their own. Folding twice
// changes nothing. Pure ASCII takes a short way.
std::string FoldForMatch(std::string_view text);

// The longest prefix of at most `max_bytes` that does not cut a code point.
std::string_view TruncateUtf8(std::string_view text, size_t max_bytes);

}  // namespace broadsheet
