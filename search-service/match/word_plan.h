#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/schema/field.h"
#include "search/columns/term_frequencies.h"
#include "search/match/bm25.h"
#include "search/query/filter.h"
#include "search/query/query_syntax.h"
#include "search/query/terms.h"

namespace broadsheet::search {

// A query of words as WordMatch runs it: articles that have a word of every part, and whose numbers are in every range.
struct WordPlan {
  struct Word {
    std::vector<std::string> terms;   // any of which will do, weighed as one
    bool phrase = false;              // instead: one right after the other
    std::optional<Bm25Formula> bm25;  // none: it weighs nothing
    double scale = 1;                 // of what it weighs
    bool known_only = false;          // the engine asks that its postings be decoded (AnyOfSource), we do not
  };
  struct Part {
    std::vector<Word> words;
  };
  struct Range {
    const Field* field = nullptr;  // HasNumbers
    int64_t min = 0;               // both inclusive
    int64_t max = 0;
  };

  std::vector<Part> parts;  // at least one
  std::vector<Range> ranges;
};

// The plan for words joined by OR, those and phrases joined by AND, with stand-ins of words; and for filters by values,
// presence and ranges, all of which must hold. None when the query or the filter (null: there is none) asks for
// anything else. Xapian's exceptions pass through.
std::optional<WordPlan> PlanWords(const QueryNode& root, const Filter* filter, const TermLookup& lookup,
                                  TermFrequencies& frequencies);

}  // namespace broadsheet::search
