#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet::ingest {

// A line as its phrases are compared: Latin letters in lower case, one space between words, straight quotes, plain
// hyphens, three dots for an ellipsis, and no decoration at either end (blanks, dashes, stars, bullets, brackets,
// arrows, colons, full stops and exclamation marks). Accents stay. `line` must be valid UTF-8. Linear.
std::string FoldLine(std::string_view line);

// Whether `text` has the form of `pattern`, in which each '*' stands for any bytes, none included. Linear.
bool MatchesPattern(std::string_view text, std::string_view pattern);

// How many words a line has, as parts between spaces.
size_t CountSpaced(std::string_view line);

// Whether `word` occurs in `text` with no ASCII letter or digit at either side.
bool HasWord(std::string_view text, std::string_view word);

}  // namespace broadsheet::ingest
