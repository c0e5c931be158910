#include "common/text/ngram_scanner.h"

#include <string>

#include "common/text/character.h"
#include "common/text/unicode.h"

namespace broadsheet {
namespace {

using enum CharacterClass;

// What a reader takes for one character: with its voicing marks, or all jamo of a syllable.
struct Unit {
  std::string folded;
  size_t begin = 0;
  size_t end = 0;
  bool katakana = false;
  std::string rest;  // what else the same place of the text stands for: a squared word ("㍀") is several characters
};

bool IsIn(int32_t code, int32_t first, int32_t last) {
  return code >= first && code <= last;
}

bool IsKatakana(int32_t code) {
  return IsIn(code, 0x30a1, 0x30fa) || IsIn(code, 0x30fc, 0x30ff) || IsIn(code, 0x31f0, 0x31ff) ||
         IsIn(code, 0xff66, 0xff9d);
}

// A Hangul syllable or leading consonant, which vowels and final consonants complete.
bool OpensSyllable(int32_t code) {
  return IsIn(code, 0x1100, 0x115f) || IsIn(code, 0xa960, 0xa97c) || IsIn(code, 0xac00, 0xd7a3);
}

bool CompletesSyllable(int32_t code) {
  return IsIn(code, 0x1160, 0x11ff) || IsIn(code, 0xd7b0, 0xd7fb);
}

bool FoldsToItself(int32_t code) {
  return IsIn(code, 0x4e00, 0x9fff) || IsIn(code, 0x3041, 0x3096) || IsIn(code, 0x30a1, 0x30fa) || code == 0x30fc ||
         IsIn(code, 0xac00, 0xd7a3);
}

// Folding takes letters in brackets that are one character ("㈀") apart: what is left is the letter.
std::string FoldUnit(std::string_view source) {
  std::string folded = FoldForMatch(source);
  std::erase_if(folded, [](char c) { return c == '(' || c == ')'; });
  return folded;
}

// Leaves the first character of `folded`, with its marks, and returns the others.
std::string CutRest(std::string& folded) {
  size_t end = CharacterAt(folded, 0).size;
  for (Character next = CharacterAt(folded, end); next.kind == kMark; next = CharacterAt(folded, end))
    end += next.size;
  std::string rest = folded.substr(end);
  folded.resize(end);
  return rest;
}

Unit UnitAt(std::string_view text, size_t at, const Character& base) {
  Unit unit{{}, at, at + base.size, IsKatakana(base.code)};
  for (size_t next_at = unit.end;;) {
    Character next = VisibleCharacterAt(text, next_at);
    if (next.kind != kMark && !(OpensSyllable(base.code) && CompletesSyllable(next.code))) break;
    unit.end = next_at += next.size;
  }
  std::string_view source = text.substr(at, unit.end - at);
  bool alone = unit.end == at + base.size;
  if (alone && FoldsToItself(base.code)) {
    unit.folded = std::string(source);
  } else {
    unit.folded = FoldUnit(source);
    unit.rest = CutRest(unit.folded);
  }
  return unit;
}

// The unit after `before` in the same run; empty when the run ends. The dot between two Katakana words vanishes.
Unit NextUnit(std::string_view text, const Unit& before) {
  if (!before.rest.empty()) {
    Unit unit = before;
    unit.folded = before.rest;
    unit.rest = CutRest(unit.folded);
    return unit;
  }
  size_t at = before.end;
  Character character = VisibleCharacterAt(text, at);
  if (character.kind == kKatakanaDot && before.katakana) {
    at += character.size;
    character = VisibleCharacterAt(text, at);
    if (!IsKatakana(character.code)) return {};
  }
  if (character.kind != kCjk && character.kind != kCjkExtender) return {};
  return UnitAt(text, at, character);
}

}  // namespace

size_t ScanNgrams(std::string_view text, size_t begin, TokenSink& sink) {
  Unit unit = UnitAt(text, begin, CharacterAt(text, begin));
  for (;;) {
    Unit next = NextUnit(text, unit);
    sink.Add(unit.folded, unit.begin, unit.end, TokenKind::kNgram);
    if (next.end == 0) return unit.end;
    sink.AddOverlay(unit.folded + next.folded, unit.begin, next.end, TokenKind::kNgram);
    unit = std::move(next);
  }
}

}  // namespace broadsheet
