#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// A date in words as pieces: numbers, words and marks.
namespace broadsheet::ingest {

struct DateToken {
  enum class Kind { kNumber, kWord, kMark };
  Kind kind = Kind::kMark;
  std::string_view text;  // digits are kept as written, leading zeros included
  bool tight = false;     // no blank before it
  int value = 0;          // of a number; at most nine digits are read
};

// The form in which words of dates are compared: FoldForMatch; hamza, alef and yeh of Arabic in one form, its vowel
// signs and tatweel dropped; dashes as '-', apostrophes as '\''. Words that are
// glued together ("updatedSep") are set apart.
std::string FoldDate(std::string_view text);

// Splits a folded text into at most 64 tokens, which point into it. Han, Kana and Hangul are a word a character, but
// Han numerals before a unit of dates ("二十一日", "二〇二五年") are one number. Linear.
std::vector<DateToken> SplitDate(std::string_view folded);

}  // namespace broadsheet::ingest
