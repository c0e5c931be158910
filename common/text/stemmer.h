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

// How many bytes, from the first one on, each folded word with this stem has in common with it, at least. Most words of
// a text are no words of a query, and this tells it without stemming them. As the rules of Snowball have it: English
// stems end in at most two letters that their words do not have there ("dying" -> die); those of many languages begin
// as their words do; Arabic, Irish and Indonesian take prefixes off.
size_t BytesOfWord(std::string_view language, std::string_view stem);

}  // namespace broadsheet
