#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace broadsheet::ingest {

// A line of a text without the blanks around it.
struct Line {
  size_t begin = 0;  // bytes in the text
  size_t end = 0;
  size_t indent = 0;        // blanks before it
  size_t width = 0;         // columns: two for a character of CJK
  size_t blanks_above = 0;  // empty lines between it and the one before
};

// Lines that are not empty, in order.
std::vector<Line> FindLines(std::string_view text);

// How many bytes the blank at `at` takes: space, tab, or one of Unicode's spaces. 0 when it is none.
size_t BlankBytes(std::string_view text, size_t at);

// Whether a line is an item of a list ("- ", "• ", "1. ").
bool IsListItem(std::string_view line);

// Whether a line is a row of a table that was drawn with '|'.
bool IsTableRow(std::string_view line);

// Whether a line ends as a sentence does: . ! ? : … and their CJK kin, closing quotes and brackets left aside.
bool EndsSentence(std::string_view line);

// Whether it ends as a question does.
bool IsQuestion(std::string_view line);

}  // namespace broadsheet::ingest
