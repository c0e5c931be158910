#include "common/text/number_context.h"

#include "common/text/character.h"

namespace broadsheet {
namespace {

using enum CharacterClass;

constexpr int kMaxSpacesBeforePercent = 2;
constexpr int kMaxGroupsAhead = 8;  // so that a long list of numbers is not read again at each of its commas

// Moves `at` past digits and says how many there were, counting no further than `most` + 1.
size_t SkipDigits(std::string_view text, size_t& at, size_t most) {
  size_t digits = 0;
  for (Character character = CharacterAt(text, at); character.kind == kDigit && digits <= most;
       character = CharacterAt(text, at)) {
    ++digits;
    at += character.size;
  }
  return digits;
}

// Moves `at` past a word in lower-case ASCII, however it is written.
bool SkipWord(std::string_view text, size_t& at, std::string_view word) {
  if (text.size() - at < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (static_cast<char>(text[at + i] | 0x20) != word[i]) return false;
  }
  at += word.size();
  return true;
}

int SkipSpaces(std::string_view text, size_t& at) {
  int spaces = 0;
  for (Character character = CharacterAt(text, at); character.kind == kSpace && spaces <= kMaxSpacesBeforePercent;
       character = CharacterAt(text, at)) {
    ++spaces;
    at += character.size;
  }
  return spaces;
}

// The gap between a number and "per", or "per" and "cent".
bool SkipGap(std::string_view text, size_t& at) {
  if (Character hyphen = CharacterAt(text, at); hyphen.kind == kHyphen) {
    at += hyphen.size;
    return true;
  }
  int spaces = SkipSpaces(text, at);
  return spaces > 0 && spaces <= kMaxSpacesBeforePercent;
}

size_t PercentWordEnd(std::string_view text, size_t at) {
  if (!SkipGap(text, at) || !SkipWord(text, at, "per")) return 0;
  size_t joined = at;
  if (!SkipWord(text, joined, "cent")) {
    if (!SkipGap(text, at) || !SkipWord(text, at, "cent")) return 0;
    joined = at;
  }
  size_t after = joined;
  Character next = VisibleCharacterAt(text, after);
  return IsWordCharacter(next.kind) || next.kind == kMark ? 0 : joined;
}

}  // namespace

bool IsDigitGroup(std::string_view text, size_t at) {
  for (int group = 0; group < kMaxGroupsAhead; ++group) {
    size_t digits = SkipDigits(text, at, 3);
    if (digits == 3) return true;
    Character comma = CharacterAt(text, at);
    if (digits != 2 || comma.kind != kComma) return false;
    at += comma.size;
  }
  return false;
}

size_t PercentEnd(std::string_view text, size_t at) {
  size_t sign_at = at;
  if (SkipSpaces(text, sign_at) > kMaxSpacesBeforePercent) return 0;
  Character sign = CharacterAt(text, sign_at);
  if (sign.kind != kPercent) return PercentWordEnd(text, at);
  size_t end = sign_at + sign.size;
  return CharacterAt(text, end).kind == kDigit ? 0 : end;  // "%20" is an escape of the web
}

Addend AddendAt(std::string_view text, size_t at, bool spaces_allowed) {
  Character character = CharacterAt(text, at);
  bool spaced = character.kind == kSpace;
  if (spaced && spaces_allowed) character = CharacterAt(text, at += character.size);
  if (character.kind != kPlus) return {};
  character = CharacterAt(text, at += character.size);
  if (spaced) {
    if (character.kind != kSpace) return {};
    at += character.size;
  }
  Addend addend{at, at};
  size_t digits = SkipDigits(text, addend.end, kMaxSummandDigits);
  if (digits == 0 || digits > kMaxSummandDigits) return {};
  Character next = CharacterAt(text, addend.end);
  if (next.kind == kLetter || next.kind == kMark || next.kind == kIgnorable) return {};
  bool goes_on = next.kind == kPeriod || next.kind == kComma;
  if (goes_on && CharacterAt(text, addend.end + next.size).kind == kDigit) return {};
  return addend;
}

}  // namespace broadsheet
