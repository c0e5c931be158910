#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"
#include "ingest/clean/rule.h"

namespace broadsheet::ingest {

// Tags of HTML and links and emphasis of Markdown that were left in a text -> the words in them. Other angle brackets
// and asterisks stay. Wants valid UTF-8 with LF only.
std::vector<Change> FindMarkupRemains(std::string_view text);
std::span<const CleaningRule> MarkupRules();

}  // namespace broadsheet::ingest
