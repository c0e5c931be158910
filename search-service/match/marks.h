#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/text/tokenizer.h"
#include "search/match/beginnings.h"
#include "search/query/stems.h"

namespace broadsheet::search {

// What of a query to mark in one field of an article. `term` numbers the parts of the query: a word and its stem share
// one number, so that a passage can be judged by how many different parts it has.
struct MarkTerms {
  struct Word {
    std::string text;  // folded; a stem in `stems`
    int term;
  };
  struct Phrase {
    std::vector<std::string> words;  // folded, at consecutive positions
    int term;
  };
  std::vector<Word> words;  // whole words, and characters or pairs of characters of CJK runs
  std::vector<Word> stems;
  std::vector<Word> prefixes;
  std::vector<Phrase> phrases;
  int terms = 0;  // how many numbers there are

  bool empty() const { return words.empty() && stems.empty() && prefixes.empty() && phrases.empty(); }
};

// A place where a part of the query was found, in bytes of the text.
struct Mark {
  uint32_t begin;
  uint32_t end;
  int term;
};

// Finds the marks of texts in one language for one query. Belongs to the thread that made it; cheap to build, and worth
// keeping for all texts of a call: what became of each word is remembered.
class MarkFinder {
 public:
  // `terms` must outlive the finder.
  MarkFinder(const MarkTerms& terms, std::string_view language);

  // Appends the marks of `text`, which begins at byte `offset` of its field, in the order of their ends. Texts given
  // one after the other are taken as one, so that a phrase may begin in one and end in the next; StartText() ends that.
  // Lines that can have no mark are passed over fast; so a percentage or a sum that goes over the end of a line may be
  // marked in parts.
  void Find(std::string_view text, uint32_t offset, std::vector<Mark>& marks);
  void StartText();

 private:
  // What a word of the text is to the query: kNothing, or the number of a term.
  static constexpr int kNothing = -1;
  struct Step {  // how far a phrase has come
    uint32_t position = 0;
    uint32_t begin = 0;
    bool reached = false;
  };

  void FindInLines(std::string_view text, uint32_t offset, std::vector<Mark>& marks);
  int TermOf(const Token& token);
  int LookUp(std::string_view word, TokenKind kind);
  void FollowPhrases(const Token& token, uint32_t offset, std::vector<Mark>& marks);

  const MarkTerms& terms_;
  const std::shared_ptr<Stems> stems_;
  Beginnings beginnings_;  // of everything that can match
  absl::flat_hash_map<std::string, int> known_;
  std::vector<std::vector<Step>> steps_;  // of each phrase, of each of its words
  uint32_t first_position_ = 0;           // of the text being read
};

// Orders marks by place and merges those that overlap.
void MergeMarks(std::vector<Mark>& marks);

}  // namespace broadsheet::search
