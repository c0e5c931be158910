#include "search/discover/phrases.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>

#include "search/discover/common_words.h"

namespace broadsheet::search {
namespace {

constexpr size_t kMostWords = 4;

// The words of a phrase, filled up with TextSample::kGap.
using Phrase = std::array<uint32_t, kMostWords>;

// Longer ones follow the one that they begin with.
void DropParts(std::vector<Counted>& phrases) {
  std::vector<Counted> kept;
  for (size_t i = 0; i < phrases.size(); ++i) {
    const std::string beginning = phrases[i].text + " ";
    bool is_part = false;
    for (size_t longer = i + 1; longer < phrases.size() && phrases[longer].text.starts_with(beginning); ++longer)
      is_part = is_part || phrases[longer].articles >= kWholePhrase * phrases[i].articles;
    if (!is_part) kept.push_back(phrases[i]);
  }
  phrases = std::move(kept);
}

class Finder {
 public:
  explicit Finder(const TextSample& sample) : sample_(sample) {
    for (const std::string& word : sample.vocabulary)
      common_.push_back(IsCommonWord(word) || word.size() < 2);
  }

  std::vector<Counted> Find() {
    std::vector<Phrase> of_articles, of_titles;
    for (const TextSample::Text& text : sample_.texts) {
      AddPhrases(text.begin, text.end, of_articles);
      AddPhrases(text.begin, text.title_end, of_titles);
    }
    std::sort(of_articles.begin(), of_articles.end());
    std::sort(of_titles.begin(), of_titles.end());
    std::vector<Counted> phrases;
    auto title = of_titles.begin();
    for (auto first = of_articles.begin(); first != of_articles.end();) {
      const auto past = std::upper_bound(first, of_articles.end(), *first);
      const auto articles = static_cast<uint32_t>(past - first);
      title = std::lower_bound(title, of_titles.end(), *first);
      const auto past_titles = std::upper_bound(title, of_titles.end(), *first);
      const auto titles = static_cast<uint32_t>(past_titles - title);
      if (articles >= kLeastPhraseArticles) phrases.push_back({TextOf(*first), articles + titles * kTitlePhraseWeight});
      first = past;
      title = past_titles;
    }
    KeepMostFrequent(phrases, phrases.size());  // in byte order
    DropParts(phrases);
    KeepMostFrequent(phrases, kMaxPhrases);
    return phrases;
  }

 private:
  bool IsTelling(uint32_t word) const { return word != TextSample::kGap && !common_[word]; }

  // Whether so many words from `at` on are a phrase.
  bool IsPhrase(std::span<const uint32_t> words) const {
    if (!IsTelling(words.front()) || !IsTelling(words.back())) return false;
    return std::find(words.begin(), words.end(), TextSample::kGap) == words.end();
  }

  // Those of one text, each once.
  void AddPhrases(size_t begin, size_t end, std::vector<Phrase>& phrases) const {
    const auto before = static_cast<std::ptrdiff_t>(phrases.size());
    for (size_t at = begin; at < end; ++at) {
      for (size_t count = 2; count <= std::min(kMostWords, end - at); ++count) {
        const std::span<const uint32_t> words(sample_.words.data() + at, count);
        if (!IsPhrase(words)) continue;
        Phrase phrase;
        phrase.fill(TextSample::kGap);
        std::copy(words.begin(), words.end(), phrase.begin());
        phrases.push_back(phrase);
      }
    }
    std::sort(phrases.begin() + before, phrases.end());
    phrases.erase(std::unique(phrases.begin() + before, phrases.end()), phrases.end());
  }

  std::string TextOf(const Phrase& phrase) const {
    std::string text;
    for (uint32_t word : phrase) {
      if (word == TextSample::kGap) break;
      if (!text.empty()) text += ' ';
      text += sample_.vocabulary[word];
    }
    return text;
  }

  const TextSample& sample_;
  std::vector<bool> common_;  // by place in the vocabulary
};

}  // namespace

std::vector<Counted> FindPhrases(const TextSample& sample) {
  return Finder(sample).Find();
}

}  // namespace broadsheet::search
