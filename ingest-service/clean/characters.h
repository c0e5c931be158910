#pragma once

#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"

// The rules that mend characters. All but the first want valid UTF-8.
namespace broadsheet::ingest {

// Ill-formed UTF-8, each maximal subpart -> U+FFFD.
std::vector<Change> FindIllFormed(std::string_view text);

// HTML character references that were left in the text -> their characters.
std::vector<Change> FindEntities(std::string_view text);

// CR LF, CR, VT, FF, NEL, LS and PS -> LF.
std::vector<Change> FindForeignNewlines(std::string_view text);

// Control characters but tab and LF, noncharacters, the object replacement character -> nothing.
std::vector<Change> FindControls(std::string_view text);

// Zero-width spaces, soft hyphens, byte order marks, bidirectional overrides, tags -> nothing. Joiners, direction marks
// and isolates stay between characters that are not ASCII, where scripts and emoji need them.
std::vector<Change> FindZeroWidths(std::string_view text);

// What is not in Normalization Form C -> the same in it.
std::vector<Change> FindUnnormalised(std::string_view text);

}  // namespace broadsheet::ingest
