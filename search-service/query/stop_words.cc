#include "search/query/stop_words.h"

#include <algorithm>
#include <array>

namespace broadsheet::search {
namespace {

// In byte order, for the binary search.
constexpr std::array<std::string_view, 82> kStopWords = {
    "a",    "an",   "and",   "are",   "as",    "at",    "auch",  "auf",   "aux",  "avec", "be",   "been",
    "but",  "by",   "ces",   "cette", "como",  "dans",  "das",   "dass",  "del",  "des",  "did",  "do",
    "does", "du",   "ein",   "eine",  "einem", "einen", "einer", "eines", "est",  "et",   "for",  "from",
    "had",  "has",  "have",  "how",   "im",    "in",    "into",  "is",    "ist",  "it",   "its",  "les",
    "nach", "of",   "on",    "or",    "para",  "por",   "que",   "qui",   "sich", "sind", "sont", "su",
    "sus",  "than", "that",  "the",   "their", "these", "this",  "to",    "und",  "une",  "was",  "were",
    "what", "when", "where", "which", "who",   "why",   "with",  "y",     "zum",  "zur",
};
static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

}  // namespace

bool IsStopWord(std::string_view word) {
  return std::binary_search(kStopWords.begin(), kStopWords.end(), word);
}

}  // namespace broadsheet::search
