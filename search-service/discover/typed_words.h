#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::search {

// What somebody has typed so far.
struct TypedWords {
  std::vector<std::string> whole;  // folded words that are finished, and all n-grams
  std::string last;                // the folded beginning of a word; empty when the last word is finished
  std::string before;              // the text before it, as typed; all of it when there is none
  std::string key;                 // all of it for WordStartTable::Find
};

// Reads it as the index reads text. A word is finished when something follows it. Pure, thread-safe.
TypedWords ReadTyped(std::string_view text);

}  // namespace broadsheet::search
