#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "search/query/query_syntax.h"
#include "search/query/stems.h"

namespace broadsheet::search {

// A term that a leaf is looked up by.
struct LookupTerm {
  std::string text;       // without prefix: a folded word, an n-gram, or a stem
  bool stemmed = false;   // a stem
  uint32_t position = 0;  // phrases: from the first term; a word's terms are all at 0
};

// Turns leaves into terms. Belongs to the thread that made it; cheap to build: one a request.
class TermLookup {
 public:
  // `languages` are those of the articles in the index (BCP 47): a word is looked up by its stem in each. None:
  // English. `exact_words`: no stems at all.
  TermLookup(const std::vector<std::string>& languages, bool exact_words);

  // kWord: its distinct stems, any of which will do (the word itself when exact or an n-gram). kPhrase: the exact words
  // and n-grams, which must follow each other. kPrefix: the beginning, not a term by itself.
  std::vector<LookupTerm> Terms(const QueryNode& leaf) const;

  // The same as terms of the index.
  std::vector<std::string> IndexTerms(const QueryNode& leaf) const;

 private:
  std::shared_ptr<Stems> stems_;  // null: exact words
};

// The index's term for a lookup in a field (null: title and body together; the body's own words have no terms apart
// from those).
std::string IndexTerm(const LookupTerm& term, const Field* field);

// The way back, for explanations: of a term of words (not of a boolean one) its text, field and whether it is a stem.
struct TermDescription {
  std::string text;
  std::string field;  // "title", a field's name, or "text" for title and body together
  bool stemmed = false;
};
TermDescription DescribeTerm(std::string_view index_term);

}  // namespace broadsheet::search
