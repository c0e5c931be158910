#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/text/stemmer.h"

namespace broadsheet::search {

// The stems of words in each of the languages of an index. A search asks for those of each word again and again, and
// people search for the same words, so they are remembered, up to a bound. Not thread-safe.
class Stems {
 public:
  // Those that belong to the calling thread: they are remembered from one search to the next, for the sets of languages
  // that were asked for last. No languages: English.
  static std::shared_ptr<Stems> OfThisThread(const std::vector<std::string>& languages);

  explicit Stems(std::vector<std::string> languages);

  // The distinct stems of a folded word, in the order of the languages. Valid until the next call.
  const std::vector<std::string>& Of(const std::string& word);

 private:
  std::vector<std::string> languages_;
  std::vector<Stemmer> stemmers_;
  std::unordered_map<std::string, std::vector<std::string>> known_;
};

}  // namespace broadsheet::search
