#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"
#include "ingest/clean/rule.h"

// Rules of punctuation for text whose layout is in order. They want valid UTF-8.
namespace broadsheet::ingest {

// Words glued to a comma or full stop, marks that came twice, and blanks before a comma or full stop.
std::vector<Change> FindPunctuation(std::string_view text);
std::span<const CleaningRule> PunctuationRules();

// Blanks that are missing outside of quotation marks, and pairs of single marks that stand for one double mark.
std::vector<Change> FindQuotes(std::string_view text);
std::span<const CleaningRule> QuoteRules();

}  // namespace broadsheet::ingest
