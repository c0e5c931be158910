#include "common/text/stemmer.h"

#include <xapian.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "absl/strings/ascii.h"

namespace broadsheet {
namespace {

// News repeats its words: a cache of this many saves most calls of the stemmer.
constexpr size_t kCachedWords = 8192;

// What a word and its stem have in common, by the rules of Snowball.
enum class Shared {
  kNothing,    // some prefixes are taken off, or it was not looked at
  kFirstByte,  // only suffixes are taken off or changed
  kAllButTwo,  // at most the last two letters of the stem are not the word's: "dying" -> die
};

struct Language {
  std::string_view subtag;
  const char* stemmer;
  Shared shared;
};

using enum Shared;

constexpr std::array kLanguages = {Language{"ar", "arabic", kNothing},       Language{"ca", "catalan", kFirstByte},
                                   Language{"da", "danish", kFirstByte},     Language{"de", "german2", kFirstByte},
                                   Language{"en", "english", kAllButTwo},    Language{"es", "spanish", kFirstByte},
                                   Language{"eu", "basque", kFirstByte},     Language{"fi", "finnish", kFirstByte},
                                   Language{"fr", "french", kFirstByte},     Language{"ga", "irish", kNothing},
                                   Language{"hu", "hungarian", kFirstByte},  Language{"hy", "armenian", kNothing},
                                   Language{"id", "indonesian", kNothing},   Language{"it", "italian", kFirstByte},
                                   Language{"lt", "lithuanian", kNothing},   Language{"nb", "norwegian", kFirstByte},
                                   Language{"ne", "nepali", kNothing},       Language{"nl", "dutch", kFirstByte},
                                   Language{"nn", "norwegian", kFirstByte},  Language{"no", "norwegian", kFirstByte},
                                   Language{"pt", "portuguese", kFirstByte}, Language{"ro", "romanian", kFirstByte},
                                   Language{"ru", "russian", kFirstByte},    Language{"sv", "swedish", kFirstByte},
                                   Language{"ta", "tamil", kNothing},        Language{"tr", "turkish", kFirstByte}};

// Null when it has no stemmer.
const Language* FindLanguage(std::string_view tag) {
  std::string subtag(tag.substr(0, tag.find_first_of("-_")));
  absl::AsciiStrToLower(&subtag);
  auto found =
      std::find_if(kLanguages.begin(), kLanguages.end(), [&](const auto& each) { return each.subtag == subtag; });
  return found == kLanguages.end() ? nullptr : &*found;
}

bool HasDigit(std::string_view word) {
  return word.find_first_of("0123456789") != std::string_view::npos;
}

}  // namespace

struct Stemmer::State {
  Xapian::Stem stem;
  std::unordered_map<std::string, std::string> cache;
};

Stemmer::Stemmer(std::string_view language) {
  const Language* found = FindLanguage(language);
  if (found != nullptr) state_ = std::make_unique<State>(State{Xapian::Stem(found->stemmer), {}});
}

Stemmer::~Stemmer() = default;
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;

std::string Stemmer::operator()(std::string_view word) const {
  std::string key(word);
  if (!state_ || HasDigit(word)) return key;
  auto found = state_->cache.find(key);
  if (found != state_->cache.end()) return found->second;
  std::string stem = state_->stem(key);
  if (state_->cache.size() >= kCachedWords) state_->cache.clear();
  state_->cache.emplace(std::move(key), stem);
  return stem;
}

bool HasStemmer(std::string_view language) {
  return FindLanguage(language) != nullptr;
}

std::string_view BeginningOfWords(std::string_view language, std::string_view stem) {
  const Language* found = FindLanguage(language);
  if (found == nullptr) return stem;
  switch (found->shared) {
    case kAllButTwo:
      return stem.substr(0, stem.size() > 3 ? stem.size() - 2 : 1);
    case kFirstByte:
      return stem.substr(0, 1);
    case kNothing:
      break;
  }
  return {};
}

}  // namespace broadsheet
