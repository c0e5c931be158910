#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace broadsheet::cli {

// How a file is read. kAuto: by its first bytes where they say what it is, else by its name's end.
enum class Format { kAuto, kText, kMarkdown, kHtml, kJsonLines, kJson, kXml, kWarc };

// The most that is looked at to tell what a file is.
inline constexpr size_t kMaxPrologueBytes = 64 << 10;

// Tells a WARC file, or an XML document of a root that this command reads, by its first bytes; kHtml for a page; kXml
// for any other document with an XML declaration; kAuto when they say nothing. Nothing at all: more bytes are needed,
// which never happens when `at_end`. Text in UTF-16 is understood. Pure, thread-safe.
std::optional<Format> Recognise(std::string_view first_bytes, bool at_end);

// Whether the document of a file's first bytes has a root element that this command can read as XML.
bool HasKnownRoot(std::string_view first_bytes);

// Whether bytes begin like a gzip member; and whether they are too few to say that they do not.
bool IsGzip(std::string_view bytes);
bool IsGzipBeginning(std::string_view bytes);

}  // namespace broadsheet::cli
