#pragma once

#include <string>
#include <string_view>

namespace broadsheet::ingest {

// The language of an article by the statistics of its text.
struct LanguageGuess {
  std::string tag = "und";  // BCP 47; "und" when the text does not show it, "mul" when it is in several
  float confidence = 0;     // 0 to 1; 0 for "und". Of "mul": that it is in more than one
  std::string evidence;     // for people: the shares, or why nothing can be told
};

// Finds the language of title and body by CLD2. Of a long body the beginning, the middle and the end are looked at.
// Both must be valid UTF-8. Thread-safe.
LanguageGuess DetectLanguage(std::string_view title, std::string_view body);

// Whether two tags may be taken for the same language: equal but for script and region, or of a group that statistics
// mix up (Norwegian, Danish and Swedish; Croatian, Bosnian and Serbian; ...). Thread-safe.
bool MayBeSameLanguage(std::string_view a, std::string_view b);

}  // namespace broadsheet::ingest
