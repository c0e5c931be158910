#include "common/text/word_scanner.h"

#include <algorithm>
#include <array>

#include "common/text/number_context.h"
#include "common/text/unicode.h"

namespace broadsheet {
namespace {

using enum CharacterClass;

// Articles and pronouns that French, Italian and Catalan write onto the next word: "l'Iran" -> l, iran.
constexpr std::array<std::string_view, 19> kElisions = {"c",    "d",    "j",     "l",      "m",      "n",   "s",
                                                        "t",    "qu",   "jusqu", "lorsqu", "puisqu", "all", "dall",
                                                        "dell", "nell", "quell", "sull",   "un"};

// The letter of characters that are a letter and a dot or an apostrophe in one; 0 for all others. What they fold to
// would be two words when it is read again.
char LetterAlone(int32_t code) {
  switch (code) {
    case 0x13f:
    case 0x140:
      return 'l';
    case 0x149:
      return 'n';
    default:
      return 0;
  }
}

bool IsL(int32_t code) {
  return code == 'l' || code == 'L';
}

bool IsElision(std::string_view word) {
  return std::find(kElisions.begin(), kElisions.end(), word) != kElisions.end();
}

// Where the 's that begins at `at` ends; 0 when none begins there.
size_t PossessiveEnd(std::string_view text, size_t at) {
  Character apostrophe = VisibleCharacterAt(text, at);
  if (apostrophe.kind != kApostrophe) return 0;
  size_t s_at = at + apostrophe.size;
  Character s = VisibleCharacterAt(text, s_at);
  if (s.code != 's' && s.code != 'S') return 0;
  size_t after = s_at + 1;
  Character next = VisibleCharacterAt(text, after);
  return IsWordCharacter(next.kind) || next.kind == kMark ? 0 : s_at + 1;
}

}  // namespace

void WordScanner::Scan(size_t begin) {
  Reset(begin);
  TakeRun();
  if (letters_ == 1 && digits_ == 0 && TakeAcronymLetter()) {
    TakeAcronym();
  } else {
    while (TakeJoiner())
      TakeRun();
    TakeSuffix();
  }
  Fold();
  if (IsNumber() && !sum_) percent_end_ = PercentEnd(text_, end_);
  TakePossessive();
}

void WordScanner::Reset(size_t begin) {
  word_.clear();
  end_ = begin;
  percent_end_ = letters_ = digits_ = 0;
  last_ = kEnd;
  ascii_ = true;
  fraction_ = grouped_ = sum_ = false;
}

void WordScanner::Append(const Character& character, size_t at) {
  if (character.kind == kDigit) {
    word_.push_back(static_cast<char>('0' + DigitValue(character.code)));
  } else if (character.size == 1) {
    word_.push_back(static_cast<char>(text_[at] | 0x20));
  } else if (const char letter = LetterAlone(character.code); letter != 0) {
    word_.push_back(letter);
  } else {
    word_.append(text_.substr(at, character.size));
    ascii_ = false;
  }
  if (character.kind == kMark) return;
  last_ = character.kind;
  ++(character.kind == kDigit ? digits_ : letters_);
}

void WordScanner::TakeRun() {
  for (size_t at = end_;;) {
    Character character = VisibleCharacterAt(text_, at);
    if (!IsWordCharacter(character.kind) && character.kind != kMark) return;
    Append(character, at);
    at += character.size;
    end_ = at;
  }
}

bool WordScanner::Joins(const Character& joiner, const Character& next, size_t next_at) const {
  bool letters = last_ == kLetter && next.kind == kLetter;
  bool digits = last_ == kDigit && next.kind == kDigit;
  switch (joiner.kind) {
    case kApostrophe:
      return letters && !IsElision(ascii_ ? word_ : FoldForMatch(word_));
    case kAmpersand:
      return letters;
    case kMiddleDot:
      return word_.ends_with('l') && IsL(next.code);
    case kPeriod:
      return digits;
    case kComma:
      return digits && IsNumber() && !fraction_ && (grouped_ || digits_ <= 3) && IsDigitGroup(text_, next_at);
    default:
      return false;
  }
}

bool WordScanner::TakeJoiner() {
  size_t at = end_;
  Character joiner = VisibleCharacterAt(text_, at);
  size_t next_at = at + joiner.size;
  Character next = VisibleCharacterAt(text_, next_at);
  if (!Joins(joiner, next, next_at) || PossessiveEnd(text_, at) != 0) return false;
  if (joiner.kind == kApostrophe) word_.push_back('\'');
  if (joiner.kind == kAmpersand) word_.push_back('&');
  if (joiner.kind == kPeriod) word_.push_back('.');
  fraction_ |= joiner.kind == kPeriod;
  grouped_ |= joiner.kind == kComma;
  end_ = next_at;
  return true;
}

// A period and a single letter: the next of "U.S.".
bool WordScanner::TakeAcronymLetter() {
  size_t at = end_;
  Character period = VisibleCharacterAt(text_, at);
  if (period.kind != kPeriod) return false;
  size_t letter_at = at + period.size;
  Character letter = VisibleCharacterAt(text_, letter_at);
  if (letter.kind != kLetter) return false;
  size_t marks_at = letter_at + letter.size;
  size_t after = marks_at;
  Character next = VisibleCharacterAt(text_, after);
  while (next.kind == kMark) {
    marks_at = after += next.size;
    next = VisibleCharacterAt(text_, after);
  }
  if (IsWordCharacter(next.kind)) return false;
  end_ = letter_at;
  TakeRun();
  return true;
}

void WordScanner::TakeAcronym() {
  while (TakeAcronymLetter()) {
  }
  Character period = CharacterAt(text_, end_);
  if (period.kind == kPeriod) end_ += period.size;
}

void WordScanner::TakeSuffix() {
  if (last_ == kLetter && text_.substr(end_, 2) == "++" && text_.substr(end_ + 2, 1) != "+") {
    word_ += "++";
    end_ += 2;
  } else if (letters_ == 1 && digits_ == 0 && text_.substr(end_, 1) == "#" &&
             !IsWordCharacter(CharacterAt(text_, end_ + 1).kind)) {
    word_ += '#';
    end_ += 1;
  } else {
    while (TakeAddend()) {
    }
  }
}

// "+2" or " + 2": the next of a sum, or of "P5+1".
bool WordScanner::TakeAddend() {
  if (last_ != kDigit || fraction_ || grouped_) return false;
  bool spaces_allowed = IsNumber() && (sum_ || digits_ <= kMaxSummandDigits);
  Addend addend = AddendAt(text_, end_, spaces_allowed);
  if (addend.end == 0) return false;
  word_.push_back('+');
  end_ = addend.digits_begin;
  TakeRun();
  sum_ = true;
  return true;
}

void WordScanner::TakePossessive() {
  if (percent_end_ != 0) return;
  if (size_t end = PossessiveEnd(text_, end_); end != 0) end_ = end;
}

void WordScanner::Fold() {
  if (ascii_) {
    folded_.assign(word_);
    return;
  }
  folded_ = FoldForMatch(word_);
  std::erase(folded_, ' ');  // of the ligatures that stand for several words
}

}  // namespace broadsheet
