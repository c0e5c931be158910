#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "common/text/character.h"

// Words and numbers of scripts with spaces. Internal to common/text.
namespace broadsheet {

// Scans one word after the other by the rules of tokenizer.h. Not thread-safe.
class WordScanner {
 public:
  // `text` must outlive the scanner.
  explicit WordScanner(std::string_view text) : text_(text) {}

  // Scans the word that begins at `begin`, which must be a letter or digit.
  void Scan(size_t begin);

  // Of the word scanned last.
  std::string_view folded() const { return folded_; }
  size_t end() const { return end_; }
  // Where the percent sign, "per cent" or "percent" after a number ends; 0 when there is none.
  size_t percent_end() const { return percent_end_; }

 private:
  void Reset(size_t begin);
  void Append(const Character& character, size_t at);
  void TakeRun();
  bool TakeJoiner();
  bool Joins(const Character& joiner, const Character& next, size_t next_at) const;
  bool TakeAcronymLetter();
  void TakeAcronym();
  void TakeSuffix();
  bool TakeAddend();
  void TakePossessive();
  bool IsNumber() const { return letters_ == 0; }
  void Fold();

  std::string_view text_;
  std::string word_;  // what is taken so far: ASCII in lower case, the rest as in the text
  std::string folded_;
  size_t end_ = 0;
  size_t percent_end_ = 0;
  size_t letters_ = 0;
  size_t digits_ = 0;
  CharacterClass last_ = CharacterClass::kEnd;  // the last letter or digit taken
  bool ascii_ = true;
  bool fraction_ = false;  // a '.' was taken
  bool grouped_ = false;   // a ',' was taken
  bool sum_ = false;       // a '+' was taken
};

}  // namespace broadsheet
