#include "common/text/stemmer.h"

#include <xapian.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace broadsheet {
namespace {

// News repeats its words: a cache of this many saves most calls of the stemmer.
constexpr size_t kCachedWords = 8192;

constexpr std::array<std::pair<std::string_view, const char*>, 26> kStemmers = {{
    {"ar", "arabic"},     {"ca", "catalan"},  {"da", "danish"},     {"de", "german2"},   {"en", "english"},
    {"es", "spanish"},    {"eu", "basque"},   {"fi", "finnish"},    {"fr", "french"},    {"ga", "irish"},
    {"hu", "hungarian"},  {"hy", "armenian"}, {"id", "indonesian"}, {"it", "italian"},   {"lt", "lithuanian"},
    {"nb", "norwegian"},  {"ne", "nepali"},   {"nl", "dutch"},      {"nn", "norwegian"}, {"no", "norwegian"},
    {"pt", "portuguese"}, {"ro", "romanian"}, {"ru", "russian"},    {"sv", "swedish"},   {"ta", "tamil"},
    {"tr", "turkish"},
}};

constexpr std::array<std::string_view, 18> kKeepFirstByte = {"de", "fr", "es", "it", "pt", "nl", "sv", "da", "no",
                                                             "nb", "nn", "fi", "ru", "hu", "ro", "ca", "eu", "tr"};

std::string FirstSubtag(std::string_view language) {
  std::string subtag;
  for (char c : language.substr(0, language.find_first_of("-_"))) {
    subtag.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
  }
  return subtag;
}

const char* StemmerName(std::string_view language) {
  const std::string subtag = FirstSubtag(language);
  auto found =
      std::find_if(kStemmers.begin(), kStemmers.end(), [&](const auto& entry) { return entry.first == subtag; });
  return found == kStemmers.end() ? nullptr : found->second;
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
  const char* name = StemmerName(language);
  if (name != nullptr) state_ = std::make_unique<State>(State{Xapian::Stem(name), {}});
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
  return StemmerName(language) != nullptr;
}

size_t BytesOfWord(std::string_view language, std::string_view stem) {
  if (!HasStemmer(language)) return stem.size();
  const std::string subtag = FirstSubtag(language);
  if (subtag == "en") return stem.size() > 3 ? stem.size() - 2 : std::min<size_t>(stem.size(), 1);
  const bool keeps = std::find(kKeepFirstByte.begin(), kKeepFirstByte.end(), subtag) != kKeepFirstByte.end();
  return keeps ? std::min<size_t>(stem.size(), 1) : 0;
}

}  // namespace broadsheet
