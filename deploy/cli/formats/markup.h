#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>

// Markup inside feeds. Pure functions, thread-safe.
namespace broadsheet::cli {

// Whether text has a tag or a character reference in it.
bool LooksLikeHtml(std::string_view text);

// A line of HTML, such as a title, as plain text; text without markup as it is. Only its first 8 KiB are read.
std::string PlainLine(std::string_view html);

// What is inside an element as HTML: XHTML as it is, the elements of NITF as those of HTML that mean the same, others
// as what they hold. Of attributes those stay that say something: addresses, alternative texts, dates and spans.
std::string InnerHtml(const xmlNode* element);

// Text with HTML's characters escaped.
std::string EscapeHtml(std::string_view text);

}  // namespace broadsheet::cli
