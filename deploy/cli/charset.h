#pragma once

#include <string>
#include <string_view>

namespace broadsheet::cli {

// Whether a file is an HTML page, which may say its own character set.
enum class Markup { kNone, kHtml };

// Text of any character set as valid UTF-8 without byte order mark. In this order: a byte order mark, valid UTF-8, what
// an HTML page declares in its first 4 KiB, statistics, Windows-1252. Bytes that the character set does not have become
// U+FFFD. Pure, thread-safe.
std::string ToUtf8(std::string_view bytes, Markup markup);

}  // namespace broadsheet::cli
