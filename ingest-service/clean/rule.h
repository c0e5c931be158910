#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"

namespace broadsheet::ingest {

// A rule of cleaning: a name, which its edits bear, and a pure function from a text to the changes it wants, in order
// of place. A rule may rely on what the rules before it in the table have done. Functions are thread-safe and linear.
struct CleaningRule {
  std::string_view id;
  std::vector<Change> (*find)(std::string_view text);
};

// The rules in the order in which they are applied to a body: first its characters, then its layout.
std::span<const CleaningRule> CleaningRules();

// Those of them that mend characters.
std::span<const CleaningRule> CharacterRules();

// Applies rules one after the other.
void ApplyRules(std::span<const CleaningRule> rules, EditedText& text);

}  // namespace broadsheet::ingest
