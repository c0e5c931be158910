#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"
#include "ingest/clean/rule.h"

// Rules that cut whole lines: what a page says around its article. Their phrases are our own, in the languages that
// scraped news mostly has: English, German, French, Spanish, Portuguese, Italian.
namespace broadsheet::ingest {

// A line that may be furniture of the page.
struct ShortLine {
  std::string_view text;    // as it stands, without blanks around it
  std::string_view folded;  // FoldLine of it
  bool in_head = false;     // no running text stands above it
  bool in_tail = false;     // none stands below it
};

// A rule by phrases, by a function, or by both: either is enough.
struct LineRule {
  CleaningRule rule;
  size_t longest;                              // bytes of a folded line; longer ones are left alone
  std::span<const std::string_view> patterns;  // of MatchesPattern
  bool (*matches)(const ShortLine& line) = nullptr;
};

std::span<const LineRule> PromotionRules();  // advertisements, newsletters, accounts, apps
std::span<const LineRule> ReaderRules();     // sharing, comments, cookies, logging in, counters
std::span<const LineRule> MediaRules();      // players, galleries, captions, credits
std::span<const LineRule> LinkRules();       // links to other articles and pages
std::span<const LineRule> NoticeRules();     // copyright, text generators, weather and clocks, separators

// The rule that a line falls to, the first of the lists above; null when none.
const LineRule* FindLineRule(const ShortLine& line);

// Cuts the lines that fall to a rule, each with the line ends behind it. Wants valid UTF-8 with LF only.
std::vector<Change> FindFurnitureLines(std::string_view text);

// All rules of the lists above, and the one for lines without letters and figures.
std::span<const CleaningRule> FurnitureRules();

}  // namespace broadsheet::ingest
