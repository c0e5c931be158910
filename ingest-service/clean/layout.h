#pragma once

#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"

// The rules that put a text in order. They want valid UTF-8 whose only line ends are LF.
namespace broadsheet::ingest {

// Line ends, with the blanks around them: one blank line between paragraphs, one line end between items of a list and
// rows of a table, a space (none in CJK) where a paragraph was wrapped.
std::vector<Change> FindParagraphs(std::string_view text);

// Blanks of all kinds: one space between words, none at the ends of lines and of the text.
std::vector<Change> FindWhitespace(std::string_view text);

}  // namespace broadsheet::ingest
