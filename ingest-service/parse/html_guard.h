#pragma once

#include <string>

namespace broadsheet::ingest {

// Blanks out tags with more than a thousand blanks inside: libxml2 compares each attribute of an element with all
// others, so that one tag of a hostile page could cost minutes. Control characters become spaces too. The text between
// tags is not touched. Linear time.
void GuardHtml(std::string& html);

}  // namespace broadsheet::ingest
