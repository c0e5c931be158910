#pragma once

#include <string_view>

namespace broadsheet::search {

// Whether a folded word tells nothing about articles however frequent it is: what IsStopWord says, pronouns, auxiliary
// verbs and the like of English, German, French and Spanish, and the names of days and months. Thread-safe.
bool IsCommonWord(std::string_view word);

}  // namespace broadsheet::search
