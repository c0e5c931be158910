#include "search/discover/company.h"

#include <algorithm>
#include <utility>

#include "search/discover/likelihood.h"

namespace broadsheet::search {
namespace {

static_assert(kSampledArticles <= UINT16_MAX + 1);

constexpr int64_t kLargeSample = 10;  // articles: in so many, chance can be told

}  // namespace

Company::Company(const TextSample& sample)
    : articles_(sample.texts.size()), words_(sample.vocabulary), begins_(sample.vocabulary.size() + 1) {
  std::vector<std::pair<uint32_t, uint16_t>> pairs;
  for (size_t article = 0; article < sample.texts.size(); ++article) {
    const auto before = static_cast<std::ptrdiff_t>(pairs.size());
    for (size_t at = sample.texts[article].begin; at < sample.texts[article].end; ++at) {
      if (sample.words[at] != TextSample::kGap) pairs.emplace_back(sample.words[at], static_cast<uint16_t>(article));
    }
    std::sort(pairs.begin() + before, pairs.end());
    pairs.erase(std::unique(pairs.begin() + before, pairs.end()), pairs.end());
  }
  std::sort(pairs.begin(), pairs.end());
  word_articles_.reserve(pairs.size());
  for (const auto& [word, article] : pairs) {
    word_articles_.push_back(article);
    begins_[word + 1] = static_cast<uint32_t>(word_articles_.size());
  }
}

size_t Company::FirstNotBefore(std::string_view text) const {
  return static_cast<size_t>(std::lower_bound(words_.begin(), words_.end(), text) - words_.begin());
}

size_t Company::FirstAfterPrefix(std::string_view prefix) const {
  const auto after = std::partition_point(words_.begin(), words_.end(), [&](const std::string& word) {
    return std::string_view(word).substr(0, prefix.size()) <= prefix;
  });
  return static_cast<size_t>(after - words_.begin());
}

// Empty when there is none.
std::vector<bool> Company::ArticlesWithAll(const std::vector<std::string>& words) const {
  std::vector<uint8_t> found(articles_);
  uint8_t wanted = 0;
  for (const std::string& text : words) {
    const size_t word = FirstNotBefore(text);
    if (word == size() || words_[word] != text) return {};
    for (uint32_t i = begins_[word]; i < begins_[word + 1]; ++i) {
      uint8_t& times = found[word_articles_[i]];
      if (times == wanted) ++times;
    }
    ++wanted;
  }
  std::vector<bool> all(articles_);
  for (size_t article = 0; article < articles_; ++article)
    all[article] = found[article] == wanted;
  return all;
}

std::vector<std::string> Company::Find(const std::vector<std::string>& before, std::string_view last,
                                       size_t most) const {
  const size_t near = before.size() - std::min(before.size(), kCompanyWords);
  const std::vector<bool> chosen = ArticlesWithAll({before.begin() + static_cast<std::ptrdiff_t>(near), before.end()});
  const int64_t looked = std::count(chosen.begin(), chosen.end(), true);
  if (looked == 0) return {};
  const int64_t least = looked >= kLargeSample ? 2 : 1;
  std::vector<std::pair<double, size_t>> best;
  const size_t past = FirstAfterPrefix(last);
  for (size_t word = FirstNotBefore(last); word < past; ++word) {
    int64_t together = 0;
    for (uint32_t i = begins_[word]; i < begins_[word + 1]; ++i)
      together += chosen[word_articles_[i]] ? 1 : 0;
    if (together < least) continue;
    const int64_t others = begins_[word + 1] - begins_[word] - together;
    // Where these are all the articles there are, any others will do to compare with.
    const int64_t rest = std::max<int64_t>(1, static_cast<int64_t>(articles_) - looked);
    const double score = LogLikelihoodRatio({together, looked}, {others, rest});
    if (score > 0 && (score >= kLeastLikelihoodRatio || looked < kLargeSample)) best.emplace_back(-score, word);
  }
  const size_t kept = std::min(most, best.size());
  std::partial_sort(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(kept), best.end());
  best.resize(kept);
  std::vector<std::string> words;
  for (const auto& [score, word] : best)
    words.push_back(words_[word]);
  return words;
}

}  // namespace broadsheet::search
