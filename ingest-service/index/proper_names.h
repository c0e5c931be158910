#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::ingest {

inline constexpr size_t kMaxNamesOfArticle = 64;
inline constexpr size_t kMaxNameWords = 6;
inline constexpr size_t kMaxNameBytes = 64;

// The names of people, places and organisations in a body, as it writes them, each once, in order of place, at most
// kMaxNamesOfArticle. What is taken for a name, by rules and short lists of English words, no dictionary of names:
//   runs of capitalised words in running text: not in headings, lists and lines that are capitalised throughout; with
//     initials ("George W. Bush"), particles ("Ursula von der Leyen", "Abu Bakr al-Baghdadi") and, after the head of an
//     organisation, "of" ("Department of Justice"); at most kMaxNameWords words and kMaxNameBytes bytes
//   without titles ("President Barack Obama" -> Barack Obama), days, possessives and words that begin sentences
//   a single word only if the article has it capitalised within a sentence, and never in lower case; acronyms
// The first word of a sentence belongs to a name only when nothing speaks against it. Where nouns have capitals
// (German), only runs of several words count. Scripts without case (CJK, Arabic, Hebrew, Thai) have no names here.
// Pure, thread-safe; linear in the text.
std::vector<std::string> FindProperNames(std::string_view body, std::string_view language);

}  // namespace broadsheet::ingest
