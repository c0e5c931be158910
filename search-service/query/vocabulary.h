#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/text/stemmer.h"
#include "search/columns/term_frequencies.h"
#include "xapian.h"

namespace broadsheet::search {

// A word of the index.
struct VocabularyWord {
  std::string text;               // folded
  Xapian::doccount articles = 0;  // that have it
  int distance = 0;               // Near: typing errors between it and the word asked for
};

// The words of one snapshot of an index, read from its own sorted list of terms: nothing is built beside it, nothing is
// kept, and it is never out of date. A walk skips what cannot fit, so that a word costs some milliseconds at most. Each
// object looks at kMaxWordsVisited words in all; after that it finds no more. One a call; not thread-safe. Xapian's
// exceptions pass through.
class Vocabulary {
 public:
  static constexpr int kMaxWordsVisited = 50'000;

  // `terms` must outlive it. `look` is called every some hundred words and may throw to end the work.
  Vocabulary(TermFrequencies& terms, std::function<void()> look)
      : terms_(terms), database_(terms.database()), look_(std::move(look)) {}

  // Articles that have a term of the index.
  Xapian::doccount Articles(const std::string& term) const { return terms_.Of(term); }

  // Words among the terms that begin with `prefix` (a field's, empty for title and body) that are `word` with at most
  // `max_distance` typing errors: a letter left out, put in, replaced, or swapped with the next one (optimal string
  // alignment). The first letter is right. Nearest first, then the most frequent; at most `limit` of those that at
  // least `least_articles` have, without `word`.
  std::vector<VocabularyWord> Near(const std::string& prefix, std::string_view word, int max_distance, size_t limit,
                                   Xapian::doccount least_articles = 0);

  // Words that have `stem`, which `word` has, too; the most frequent first, at most `limit`.
  std::vector<VocabularyWord> Forms(const std::string& prefix, std::string_view word, const Stemmer& stemmer,
                                    size_t limit);

  // Words that fit a pattern of letters, ? (one letter) and * (any number); the most frequent first, at most `limit`.
  // `cut` says whether there were more.
  std::vector<VocabularyWord> Fitting(const std::string& prefix, std::string_view pattern, size_t limit, bool& cut);

 private:
  bool Visit();

  TermFrequencies& terms_;
  const Xapian::Database& database_;
  const std::function<void()> look_;
  int visited_ = 0;
};

// How many typing errors are forgiven in a word of so many letters: none up to 3, one up to 7, else two.
int ForgivenErrors(std::string_view word);

}  // namespace broadsheet::search
