#pragma once

#include <functional>
#include <string>
#include <vector>

#include "search/columns/term_frequencies.h"
#include "search/query/query_syntax.h"
#include "search/query/synonyms.h"
#include "xapian.h"

namespace broadsheet::search {

// What is looked for beside the words of a query.
struct WordOptions {
  bool stems = true;     // other forms of a word
  bool typos = true;     // words that are written nearly so
  bool variants = true;  // British and American spellings; hyphen, blank or neither
  bool synonyms = true;
};

inline constexpr size_t kMaxExpansions = 8;      // beside one word, of all kinds together
inline constexpr size_t kMaxTypoWords = 5;       // of these, words written nearly so
inline constexpr size_t kMaxExpandedWords = 16;  // words of a query that typing errors, and that halves, are looked for
inline constexpr size_t kMaxForms = 50;          // forms of a word under NEAR and the like
inline constexpr Xapian::doccount kRareWord = 2;  // articles: a word in no more of them may be a typing error
inline constexpr Xapian::doccount kFarMoreOften =
    20;  // than a rare word, before another one is taken for what was meant

// What expansions keep of the weight of the word they stand for, so that articles with the word itself come first.
inline constexpr double kVariantScale = 0.9;
inline constexpr double kSynonymScale = 0.7;
inline constexpr double kTypoScale = 0.5;

struct Expansion {
  std::string word;       // of the query
  std::string expansion;  // what is looked for beside it
  v1::MatchKind kind = v1::MATCH_KIND_UNSPECIFIED;
};

// A query made ready for the words that one snapshot has.
struct RewrittenQuery {
  ParsedQuery query;                  // with kExpanded nodes and forms
  std::vector<Expansion> expansions;  // in the order of the query
  std::vector<Note> notes;            // patterns of which not all words are looked for
  std::string suggestion;             // the query with likely words for those that the index hardly has; empty: none
};

// Puts beside the words of a query what stands for them in this index: other spellings, synonyms, and, for words that
// the index hardly has, the words that may have been meant. Words in quotation marks stay alone, as do negated ones.
// Finds the words of patterns, and the forms of words under NEAR, SENTENCE and PARAGRAPH. `languages` and `terms` are
// those of the articles. Work is bounded (Vocabulary); `look` may throw to end it. Xapian's exceptions pass through.
RewrittenQuery Rewrite(const ParsedQuery& query, const WordOptions& options, const Synonyms& synonyms,
                       const std::vector<std::string>& languages, TermFrequencies& terms, std::function<void()> look);

}  // namespace broadsheet::search
