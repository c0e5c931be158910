#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "search/discover/lexicon.h"
#include "search/discover/text_sample.h"

namespace broadsheet::search {

inline constexpr uint32_t kLeastPhraseArticles = 3;  // what fewer have is chance
inline constexpr uint32_t kTitlePhraseWeight = 2;    // of each title that has a phrase, beside its article
inline constexpr double kWholePhrase = 0.8;
inline constexpr size_t kMaxPhrases = 200'000;

// The phrases of a sample, in byte order: two to four words that stand next to each other in at least
// kLeastPhraseArticles articles. None begins or ends with a common word, and none is there of which a longer one has at
// least kWholePhrase of the weight ("prime minister benjamin"). `articles` is their weight: articles that have them,
// and kTitlePhraseWeight more for each title. The kMaxPhrases heaviest are kept. Takes 16 bytes a word of the sample
// while it counts. Pure.
std::vector<Counted> FindPhrases(const TextSample& sample);

}  // namespace broadsheet::search
