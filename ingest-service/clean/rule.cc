#include "ingest/clean/rule.h"

#include <array>

#include "ingest/clean/characters.h"
#include "ingest/clean/layout.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kCharacterRules = 6;

constexpr std::array<CleaningRule, 8> kRules = {{
    {"utf-8", FindIllFormed},
    {"entity", FindEntities},
    {"newline", FindForeignNewlines},
    {"control", FindControls},
    {"zero-width", FindZeroWidths},
    {"nfc", FindUnnormalised},
    {"paragraph", FindParagraphs},
    {"whitespace", FindWhitespace},
}};

}  // namespace

std::span<const CleaningRule> CleaningRules() {
  return kRules;
}

std::span<const CleaningRule> CharacterRules() {
  return CleaningRules().first(kCharacterRules);
}

void ApplyRules(std::span<const CleaningRule> rules, EditedText& text) {
  for (const CleaningRule& rule : rules)
    text.Apply(rule.id, rule.find(text.text()));
}

}  // namespace broadsheet::ingest
