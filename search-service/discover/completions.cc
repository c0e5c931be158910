#include "search/discover/completions.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "search/discover/common_words.h"
#include "search/query/stop_words.h"

namespace broadsheet::search {
namespace {

constexpr size_t kMostWordsBefore = 3;  // of a phrase

class List {
 public:
  explicit List(size_t most) : most_(most) {}

  bool full() const { return texts_.size() == most_; }
  bool empty() const { return texts_.empty(); }

  void Add(std::string text) {
    if (!full() && known_.insert(text).second) texts_.push_back(std::move(text));
  }

  std::vector<std::string> Take() && { return std::move(texts_); }

 private:
  const size_t most_;
  std::vector<std::string> texts_;
  absl::flat_hash_set<std::string> known_;
};

// What follows the last `count` words typed in phrases.
void AddPhrases(const TypedWords& typed, size_t count, const PrefixTable& phrases, size_t most, List& list) {
  const std::vector<std::string>& words = typed.whole;
  if (count > words.size()) return;
  const size_t first = words.size() - count;
  std::string key;
  for (size_t i = first; i < words.size(); ++i)
    key.append(words[i]).append(" ");
  const size_t before = key.size();
  key += typed.last;
  for (const Counted& phrase : phrases.Find(key, most))
    list.Add(phrase.text.substr(before));
}

std::vector<std::string> FrequentWords(const TypedWords& typed, const Lexicon& lexicon, size_t most) {
  std::vector<std::string> words;
  for (const Counted& word : lexicon.words.Find(typed.last, most)) {
    if (word.text == typed.last || !IsStopWord(word.text)) words.push_back(word.text);
  }
  return words;
}

std::vector<std::string> Telling(const std::vector<std::string>& words) {
  std::vector<std::string> telling;
  std::copy_if(words.begin(), words.end(), std::back_inserter(telling),
               [](const std::string& word) { return !IsCommonWord(word); });
  return telling;
}

}  // namespace

std::vector<std::string> Complete(const TypedWords& typed, const Lexicon& lexicon, const Learned* learned,
                                  const std::vector<std::string>& names, size_t most) {
  static const Learned kNothing;
  const Learned& texts = learned == nullptr ? kNothing : *learned;
  List list(most);
  for (size_t count = kMostWordsBefore; count > 0 && !list.full(); --count)
    AddPhrases(typed, count, texts.phrases, most, list);
  for (const std::string& name : names)
    list.Add(name);
  if (typed.last.empty()) return std::move(list).Take();
  const std::vector<std::string> telling = Telling(typed.whole);
  if (!telling.empty()) {
    for (std::string& word : texts.company.Find(telling, typed.last, most))
      list.Add(std::move(word));
    if (!list.empty()) return std::move(list).Take();
  }
  std::vector<Counted> phrases;
  if (telling.empty()) phrases = texts.phrases.Find(typed.last, most);
  const std::vector<std::string> words = FrequentWords(typed, lexicon, 2 * most + 16);
  for (size_t i = 0; i < std::max(words.size(), phrases.size()); ++i) {
    if (i < words.size()) list.Add(words[i]);
    if (i < phrases.size()) list.Add(phrases[i].text);
  }
  return std::move(list).Take();
}

}  // namespace broadsheet::search
