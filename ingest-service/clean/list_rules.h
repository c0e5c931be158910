#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"
#include "ingest/clean/rule.h"

// Lists and tables of scraped text, made readable. They want valid UTF-8 whose only line ends are LF.
namespace broadsheet::ingest {

// Marks of list items: every bullet becomes "- ", and one on a line of its own moves before its text.
std::vector<Change> FindListMarks(std::string_view text);
std::span<const CleaningRule> ListRules();

// Tables drawn with '|': rows keep their cells without outer bars; ruling lines, rows that came twice and rows broken
// by a second heading inside them go.
std::vector<Change> FindTables(std::string_view text);
std::span<const CleaningRule> TableRules();

}  // namespace broadsheet::ingest
