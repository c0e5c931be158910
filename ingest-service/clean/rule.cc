#include "ingest/clean/rule.h"

#include <array>

#include "ingest/clean/block_rules.h"
#include "ingest/clean/characters.h"
#include "ingest/clean/layout.h"
#include "ingest/clean/line_rule.h"
#include "ingest/clean/list_rules.h"
#include "ingest/clean/main_block.h"
#include "ingest/clean/markup_remains.h"
#include "ingest/clean/mojibake.h"
#include "ingest/clean/punctuation.h"

namespace broadsheet::ingest {
namespace {

constexpr CleaningRule kUtf8[] = {{"utf-8", "Ill-formed UTF-8 becomes the replacement character."}};
constexpr CleaningRule kEntity[] = {{"entity", "Character references of HTML become their characters."}};
constexpr CleaningRule kNewline[] = {{"newline", "Line ends of all kinds become line feeds."}};
constexpr CleaningRule kControl[] = {{"control", "Control characters and noncharacters are cut."}};
constexpr CleaningRule kZeroWidth[] = {{"zero-width", "Characters without width or meaning are cut."}};
constexpr CleaningRule kNfc[] = {{"nfc", "Characters are composed, as Normalization Form C has them."}};
constexpr CleaningRule kParagraph[] = {
    {"paragraph", "Wrapped lines are joined, and one blank line stands between paragraphs."}};
constexpr CleaningRule kWhitespace[] = {{"whitespace", "Runs of blanks become one space, those at the ends go."}};

constexpr size_t kCharacterPasses = 7;

const auto& Passes() {
  static const auto* const kPasses = new std::array<CleaningPass, 18>{{
      {kUtf8, FindIllFormed},
      {kEntity, FindEntities},
      {MojibakeRules(), FindMojibake},
      {kNewline, FindForeignNewlines},
      {kControl, FindControls},
      {kZeroWidth, FindZeroWidths},
      {kNfc, FindUnnormalised},
      {MainBlockRules(), FindPageFurniture},
      {MarkupRules(), FindMarkupRemains},
      {ListRules(), FindListMarks},
      {TableRules(), FindTables},
      {BlockRules(), FindBlocks},
      {FurnitureRules(), FindFurnitureLines},
      {RepeatRules(), FindRepeats},
      {kParagraph, FindParagraphs},
      {kWhitespace, FindWhitespace},
      {QuoteRules(), FindQuotes},
      {PunctuationRules(), FindPunctuation},
  }};
  return *kPasses;
}

}  // namespace

std::span<const CleaningPass> CleaningPasses() {
  return Passes();
}

std::span<const CleaningPass> CharacterPasses() {
  return CleaningPasses().first(kCharacterPasses);
}

void ApplyPasses(std::span<const CleaningPass> passes, EditedText& text) {
  for (const CleaningPass& pass : passes)
    text.Apply(pass.rules.front().id, pass.find(text.text()));
}

}  // namespace broadsheet::ingest
