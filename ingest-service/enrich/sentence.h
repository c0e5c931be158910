#pragma once

#include <cstddef>
#include <string_view>

namespace broadsheet::ingest {

// Where the first sentence of a paragraph ends, its full stop included. Periods of abbreviations ("U.S.", "Mr.",
// "Sept.") and initials end none; the end of the paragraph does. Thread-safe.
size_t FirstSentenceEnd(std::string_view paragraph);

// How many sentences a line has; a piece without a full stop counts as one.
size_t CountSentences(std::string_view line);

}  // namespace broadsheet::ingest
