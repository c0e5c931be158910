#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"

namespace broadsheet::ingest {

// A rule of cleaning as its edits name it and as people read of it.
struct CleaningRule {
  std::string_view id;
  std::string_view description;  // one sentence
};

// One walk over the text in the name of one or more rules: a pure function from a text to the changes it wants, in
// order of place and not overlapping. A pass may rely on what those before it have done. Thread-safe and linear.
struct CleaningPass {
  std::span<const CleaningRule> rules;  // the first names the changes that name none
  std::vector<Change> (*find)(std::string_view text);
};

// The passes in the order in which they are applied to a body: its characters, its lines and blocks, its layout, its
// punctuation.
std::span<const CleaningPass> CleaningPasses();

// Those of them that mend characters.
std::span<const CleaningPass> CharacterPasses();

// Applies passes one after the other.
void ApplyPasses(std::span<const CleaningPass> passes, EditedText& text);

}  // namespace broadsheet::ingest
