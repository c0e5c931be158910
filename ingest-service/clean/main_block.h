#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"
#include "ingest/clean/rule.h"

namespace broadsheet::ingest {

// Cuts menus, teasers and footers from a text that is all that a web page shows, line by line, and keeps the article
// with the headline, byline and date above it. Every line gets points: running text its words, a line like those of
// menus a few less than nothing; the run of lines with most points is the article. Inside it, runs of menu lines go.
//
// A text is left alone unless it has many menu lines and words that only the furniture of a page has (log in, privacy
// policy, ...) outside the article; wrapped text is never touched. Wants valid UTF-8 with LF only. Linear.
std::vector<Change> FindPageFurniture(std::string_view text);
std::span<const CleaningRule> MainBlockRules();

}  // namespace broadsheet::ingest
