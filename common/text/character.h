#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// What the tokenizer needs to know of a character. Internal to common/text.
namespace broadsheet {

enum class CharacterClass : uint8_t {
  kEnd,         // no character: the end of the text
  kSeparator,   // everything that is in no token: punctuation, symbols, emoji, line breaks, ill-formed bytes
  kSpace,       // white space within a line
  kLetter,      // of scripts that put spaces between words
  kDigit,       // of all scripts, and digits set below the line ("CO₂")
  kMark,        // belongs to the character before it
  kIgnorable,   // invisible, may stand inside a word: soft hyphen, zero width space
  kApostrophe,  // and what is typed in its place
  kAmpersand,
  kPeriod,
  kComma,
  kPlus,
  kMiddleDot,  // between the two halves of the long l of Catalan, "col·lecció"
  kPercent,
  kHyphen,
  kCjk,          // Han, Hiragana, Katakana, Hangul, Bopomofo
  kCjkExtender,  // the prolonged sound mark: continues a run of kCjk, begins none
  kKatakanaDot,  // the middle dot between Katakana words
  kDictionary,   // Thai, Lao, Khmer, Burmese
};

struct Character {
  int32_t code = -1;  // code point; -1 for the end and for ill-formed bytes
  uint32_t size = 0;  // bytes
  CharacterClass kind = CharacterClass::kEnd;
};

// The character that begins at byte `at`. Thread-safe.
Character CharacterAt(std::string_view text, size_t at);

// The same, passing over invisible characters: moves `at` to where the character begins.
Character VisibleCharacterAt(std::string_view text, size_t& at);

// 0 to 9, for a character of kDigit.
int DigitValue(int32_t code);

inline bool IsWordCharacter(CharacterClass kind) {
  return kind == CharacterClass::kLetter || kind == CharacterClass::kDigit;
}

}  // namespace broadsheet
