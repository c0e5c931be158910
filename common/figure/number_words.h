#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/figure/decimal.h"

// Words of numbers. Internal to common/figure. Thread-safe.
namespace broadsheet {

struct NumberWord {
  enum class Kind {
    kBelowHundred,  // 0 to 99: adds
    kHundreds,      // 100 to 999: adds
    kHundred,       // "hundred": multiplies
    kScale,         // 1000 and above, as a power of ten: multiplies
    kArticle,       // "a": one, only before a hundred or a scale
    kHalf,          // "half": 0.5, only before a scale or a percentage
    kAndHalf,       // "zweieinhalb": the value and a half
  };
  Kind kind = Kind::kBelowHundred;
  int value = 0;  // of kScale: the power of ten
};

// The meaning of a folded word in a language ("en", "de", "fr", "es", "pt", "it").
std::optional<NumberWord> FindNumberWord(std::string_view language, const std::string& folded);

// Whether number words are known of a language.
bool HasNumberWords(std::string_view language);

// Hundredths that words like "and a half" add, by their lookup key.
std::optional<int> FindFraction(const std::string& key);

// The power of ten of a word or sign of magnitude behind a number ("million", "bn", "億", "crore"). `money` allows the
// abbreviations that only mean one beside a currency ("m", "k").
std::optional<int> FindMagnitude(std::string_view language, const std::string& key, bool money);

}  // namespace broadsheet
