#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"
#include "ingest/clean/rule.h"

// Rules that look at several lines at once. They want valid UTF-8 whose only line ends are LF.
namespace broadsheet::ingest {

// Blocks under a heading that is none of the article's: related and most read articles, and what stands under the
// comments at the end.
std::vector<Change> FindBlocks(std::string_view text);
std::span<const CleaningRule> BlockRules();

// Paragraphs that the text has had already, word for word.
std::vector<Change> FindRepeats(std::string_view text);
std::span<const CleaningRule> RepeatRules();

}  // namespace broadsheet::ingest
