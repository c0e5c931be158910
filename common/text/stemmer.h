#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace broadsheet {

// The Snowball stemmer of one language. Not thread-safe: one a thread. Cheap to build.
class Stemmer {
 public:
  // `language` is a BCP 47 tag; only its first subtag counts. Languages without a stemmer keep words as they are.
  explicit Stemmer(std::string_view language);
  ~Stemmer();
  Stemmer(Stemmer&&) noexcept;
  Stemmer& operator=(Stemmer&&) noexcept;

  // The stem of a folded word. Words with digits stay as they are. Folding took the accents off, so stems of languages
  // with accents are cruder than Snowball's own; both sides do the same.
  std::string operator()(std::string_view word) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Whether a language has a stemmer.
bool HasStemmer(std::string_view language);

// What every folded word of the language that has this stem begins with, a part of `stem`: tells most words of a text
// that do not have it without stemming them. Empty when nothing is known, as where prefixes are taken off.
std::string_view BeginningOfWords(std::string_view language, std::string_view stem);

}  // namespace broadsheet
