#pragma once

#include <string_view>

namespace broadsheet::search {

// Whether a folded word says nothing about what an article is about, in any of the main languages: a small selection
// of English, German, French and Spanish words, without those that mean something in another of these languages
// ("die", "war", "fur", "son") or belong to common names ("los", "el", "al", "der").
bool IsStopWord(std::string_view word);

}  // namespace broadsheet::search
