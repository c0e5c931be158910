#include "common/text/character.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <array>

namespace broadsheet {
namespace {

using enum CharacterClass;

constexpr UChar32 kTableEnd = 0x10000;
constexpr UChar32 kEmojiBegin = 0x1f000;

// Characters whose meaning here is not told by their properties.
CharacterClass ClassByHand(UChar32 c) {
  switch (c) {
    // The quotation marks and accents are what scraped text has for an apostrophe.
    case '\'':
    case '`':
    case 0xb4:
    case 0x2bb:
    case 0x2bc:
    case 0x2018:
    case 0x2019:
    case 0x1fef:
    case 0x1ffd:
    case 0xff07:
      return kApostrophe;
    case '&':
    case 0xff06:
      return kAmpersand;
    case '.':
    case 0xff0e:
    case 0x66b:
      return kPeriod;
    case ',':
    case 0xff0c:
    case 0x66c:
      return kComma;
    case '+':
    case 0xff0b:
      return kPlus;
    case '%':
    case 0xff05:
    case 0x66a:
    case 0xfe6a:
      return kPercent;
    case '-':
    case 0x2010:
    case 0x2011:
    case 0xff0d:
      return kHyphen;
    case 0x30fc:
    case 0xff70:
      return kCjkExtender;
    case 0x30fb:
    case 0xff65:
      return kKatakanaDot;
    case 0xb7:
    case 0x387:
      return kMiddleDot;  // the second is the first in NFC
    case 0xff9e:
    case 0xff9f:
      return kMark;  // half-width voicing marks
    case '\t':
      return kSpace;
    default:
      return kSeparator;
  }
}

bool IsCommonCjk(UChar32 c) {
  return (c >= 0x3005 && c <= 0x3007) || (c >= 0x3031 && c <= 0x3035) || c == 0x303c;
}

CharacterClass ClassByScript(UChar32 c) {
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(c, &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_KATAKANA_OR_HIRAGANA:
      return kCjk;
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return kDictionary;
    default:
      return IsCommonCjk(c) ? kCjk : kLetter;
  }
}

bool IsSubscriptDigit(UChar32 c) {
  return c >= 0x2080 && c <= 0x2089;
}

// Letters by category that stand for vowel signs alone, which no match looks at.
bool IsArabicMarkForm(UChar32 c) {
  return (c >= 0xfc5e && c <= 0xfc63) || (c >= 0xfe70 && c <= 0xfe7f);
}

CharacterClass Classify(UChar32 c) {
  if (CharacterClass by_hand = ClassByHand(c); by_hand != kSeparator) return by_hand;
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || IsArabicMarkForm(c)) return kIgnorable;
  uint32_t category = U_GET_GC_MASK(c);
  if (category & U_GC_M_MASK) return kMark;
  if ((category & U_GC_ND_MASK) || IsSubscriptDigit(c)) return kDigit;
  if (category & (U_GC_L_MASK | U_GC_NL_MASK)) return ClassByScript(c);
  // Radicals and squared words are symbols by category, and letters to their readers.
  if ((category & U_GC_SO_MASK) && c < kEmojiBegin && ClassByScript(c) == kCjk) return kCjk;
  if (category & U_GC_ZS_MASK) return kSpace;
  return kSeparator;
}

using ClassTable = std::array<CharacterClass, kTableEnd>;

ClassTable* MakeTable() {
  auto* table = new ClassTable;
  for (UChar32 c = 0; c < kTableEnd; ++c)
    (*table)[c] = Classify(c);
  return table;
}

CharacterClass ClassOf(UChar32 c) {
  static const ClassTable& table = *MakeTable();
  return c < kTableEnd ? table[c] : Classify(c);
}

}  // namespace

Character CharacterAt(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  size_t next = at;
  UChar32 c = 0;
  U8_NEXT(text.data(), next, text.size(), c);
  return {c, static_cast<uint32_t>(next - at), c < 0 ? kSeparator : ClassOf(c)};
}

Character VisibleCharacterAt(std::string_view text, size_t& at) {
  Character character = CharacterAt(text, at);
  while (character.kind == kIgnorable) {
    at += character.size;
    character = CharacterAt(text, at);
  }
  return character;
}

int DigitValue(int32_t code) {
  int value = u_charDigitValue(code);
  return value >= 0 ? value : code - 0x2080;
}

}  // namespace broadsheet
