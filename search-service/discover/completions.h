#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "search/discover/lexicon.h"
#include "search/discover/typed_words.h"

namespace broadsheet::search {

// How what was typed may go on: the folded words from the one that is completed on, best first, at most `most`.
//
// After words: how phrases with the last words typed go on, by weight, those with more of the words first (backing off
// as in Brants et al., "Large Language Models in Machine Translation", 2007, but without mixing the levels); then how
// `names` do; then words that occur in the same articles (Company). A single word: frequent words and frequent phrases
// by turns. Where texts teach nothing, frequent words. `learned` may be null: nothing is. Pure.
std::vector<std::string> Complete(const TypedWords& typed, const Lexicon& lexicon, const Learned* learned,
                                  const std::vector<std::string>& names, size_t most);

}  // namespace broadsheet::search
