#pragma once

#include <string>
#include <string_view>

namespace broadsheet::cli {

// Whether a file is an HTML page or an XML document, which may say its own character set.
enum class Markup { kNone, kHtml, kXml };

// Text of any character set as valid UTF-8 without byte order mark. In this order: a byte order mark, valid UTF-8, what
// came with it (`charset`, as of an HTTP header), what a page or document declares in its first 4 KiB, statistics,
// Windows-1252. Bytes that the character set does not have become U+FFFD. Pure, thread-safe.
std::string ToUtf8(std::string_view bytes, Markup markup, std::string_view charset = {});

}  // namespace broadsheet::cli
