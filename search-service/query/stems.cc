#include "search/query/stems.h"

#include <algorithm>
#include <utility>

namespace broadsheet::search {
namespace {

constexpr size_t kMostKnown = 4'096;  // words
constexpr size_t kMostSets = 8;       // of languages
constexpr const char* kDefaultLanguage = "en";

}  // namespace

std::shared_ptr<Stems> Stems::OfThisThread(const std::vector<std::string>& languages) {
  thread_local std::vector<std::shared_ptr<Stems>> used;  // last first
  auto found =
      std::find_if(used.begin(), used.end(), [&](const auto& stems) { return stems->languages_ == languages; });
  if (found == used.end()) {
    if (used.size() == kMostSets) used.pop_back();
    found = used.insert(used.begin(), std::make_shared<Stems>(languages));
  }
  std::rotate(used.begin(), found, found + 1);
  return used.front();
}

Stems::Stems(std::vector<std::string> languages) : languages_(std::move(languages)) {
  for (const std::string& language : languages_)
    stemmers_.emplace_back(language);
  if (stemmers_.empty()) stemmers_.emplace_back(kDefaultLanguage);
}

const std::vector<std::string>& Stems::Of(const std::string& word) {
  if (auto found = known_.find(word); found != known_.end()) return found->second;
  if (known_.size() >= kMostKnown) known_.clear();
  std::vector<std::string>& stems = known_[word];
  for (const Stemmer& stemmer : stemmers_) {
    std::string stem = stemmer(word);
    const bool known = std::find(stems.begin(), stems.end(), stem) != stems.end();
    if (!known) stems.push_back(std::move(stem));
  }
  return stems;
}

}  // namespace broadsheet::search
