#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::search {

// How a folded English word may be written on the other side of the Atlantic, by a small table of roots ("defence",
// "defense") and rules of endings (-our and -or, -ise and -ize, -yse and -yze, -lled and -led). Some of what the rules
// make is no word: whoever asks keeps what the index has. Without the word itself. Pure, thread-safe.
std::vector<std::string> SpellingVariants(std::string_view word);

}  // namespace broadsheet::search
