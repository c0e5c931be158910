#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/discover/text_sample.h"

namespace broadsheet::search {

inline constexpr size_t kCompanyWords = 3;  // before the one that is completed

// Which words occur in the same articles, by a sample of texts. Built once, then thread-safe. Two bytes for each
// different word of each text, and the different words: 4 MB at most for English.
class Company {
 public:
  Company() = default;
  explicit Company(const TextSample& sample);

  // Words that begin with `last`, best first, at most `most`: those that articles with all of `before` (the last
  // kCompanyWords of them) have more often than others, by LogLikelihoodRatio. None when no article has all of them.
  // Costs a step for each article of each word that begins so.
  std::vector<std::string> Find(const std::vector<std::string>& before, std::string_view last, size_t most) const;

  size_t size() const { return begins_.empty() ? 0 : begins_.size() - 1; }

 private:
  // First word that is not before `text`, of which only the first bytes of words count when it is a `prefix`.
  size_t FirstNotBefore(std::string_view text) const;
  size_t FirstAfterPrefix(std::string_view prefix) const;
  std::vector<bool> ArticlesWithAll(const std::vector<std::string>& words) const;

  size_t articles_ = 0;
  std::vector<std::string> words_;       // in byte order
  std::vector<uint32_t> begins_;         // of a word's articles; one more at the end
  std::vector<uint16_t> word_articles_;  // ascending for each word
};

}  // namespace broadsheet::search
