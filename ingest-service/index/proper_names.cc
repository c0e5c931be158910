#include "ingest/index/proper_names.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "ingest/index/name_scan.h"
#include "ingest/index/name_words.h"

namespace broadsheet::ingest {
namespace {

constexpr size_t kMaxAcronym = 6;  // letters: longer words in capitals are shouted

bool NounsHaveCapitals(std::string_view language) {
  return language.starts_with("de") || language.starts_with("lb");
}

class NameFinder {
 public:
  NameFinder(std::string_view body, bool single_words) : words_(ScanRunningText(body)), single_words_(single_words) {
    for (const ScannedWord& word : words_) {
      if (!word.capital) small_.insert(word.text);
    }
    for (const ScannedWord& word : words_) {
      if (word.capital && !word.begins_sentence) within_.insert(word.text);
    }
  }

  std::vector<std::string> Find() {
    for (size_t at = 0; at < words_.size() && names_.size() < kMaxNamesOfArticle;) {
      at = words_[at].capital ? TakeRun(at) : at + 1;
    }
    return std::move(names_);
  }

 private:
  bool Ends(size_t at) const { return at >= words_.size() || (at > 0 && words_[at - 1].ends_run); }
  bool IsCapitalAt(size_t at) const { return !Ends(at) && words_[at].capital; }

  // Takes the name that begins at a capital, or passes over what is none. Returns where to go on.
  size_t TakeRun(size_t begin) {
    const ScannedWord& first = words_[begin];
    if (IsNoName(first.lower)) return begin + 1;
    if (IsTitle(Bare(first))) return AfterTitle(begin);
    if (first.begins_sentence && !IsSureOf(first) && IsCapitalAt(begin + 1) && small_.contains(first.lower)) {
      return begin + 1;
    }
    size_t end = begin + 1;
    while (size_t more = Goes(end))
      end = more;
    TakeName(begin, end);
    return end;
  }

  // "Secretary of State", "Minister for Trade" are passed over whole.
  size_t AfterTitle(size_t title) {
    title_before_ = title + 1;
    const bool of = !Ends(title + 1) && (words_[title + 1].text == "of" || words_[title + 1].text == "for");
    if (!of || !IsCapitalAt(title + 2)) return title + 1;
    size_t end = title + 3;
    if (IsCapitalAt(end) && !IsCapitalAt(end + 1)) ++end;  // "Secretary of Homeland Security said"
    title_before_ = end;
    return end;
  }

  // Where the run ends that goes on at `at`; 0 when it does not.
  size_t Goes(size_t at) const {
    if (Ends(at)) return 0;
    const ScannedWord& word = words_[at];
    if (word.capital) return IsNoName(word.lower) || IsTitle(Bare(word)) ? 0 : at + 1;
    if (IsParticle(word.text)) {
      const size_t next = !Ends(at + 1) && IsSecondParticle(words_[at + 1].text) ? at + 2 : at + 1;
      return IsCapitalAt(next) && !IsNoName(words_[next].lower) ? next + 1 : 0;
    }
    if (word.text != "of" || !IsHeadOfName(words_[at - 1].lower)) return 0;
    const size_t next = !Ends(at + 1) && words_[at + 1].text == "the" ? at + 2 : at + 1;
    return IsCapitalAt(next) && !IsNoName(words_[next].lower) ? next + 1 : 0;
  }

  void TakeName(size_t begin, size_t end) {
    while (end - begin > 1 && IsMember(words_[end - 1].lower))
      --end;
    const size_t count = end - begin;
    if (count > kMaxNameWords || (count == 1 && !StandsAlone(begin))) return;
    std::string name(words_[begin].text);
    bool all_shout = words_[begin].shout;
    for (size_t at = begin + 1; at < end; ++at) {
      name.append(" ").append(words_[at].text);
      all_shout = all_shout && words_[at].shout;
    }
    if (name.size() > kMaxNameBytes || (count > 1 && all_shout)) return;
    if (known_.insert(name).second) names_.push_back(std::move(name));
  }

  // Whether one word is a name by itself.
  bool StandsAlone(size_t at) const {
    const ScannedWord& word = words_[at];
    if (!single_words_ || IsNoNameAlone(word.lower)) return false;
    if (word.shout) return word.text.size() <= kMaxAcronym && IsSureOf(word);
    const bool titled = at > 0 && title_before_ == at;
    return word.text.size() > 2 && !small_.contains(word.lower) && (titled || IsSureOf(word));
  }

  bool IsSureOf(const ScannedWord& word) const { return within_.contains(word.text); }

  // "Sen." -> sen
  static std::string_view Bare(const ScannedWord& word) {
    std::string_view bare = word.lower;
    if (bare.ends_with('.')) bare.remove_suffix(1);
    return bare;
  }

  const std::vector<ScannedWord> words_;
  const bool single_words_;
  absl::flat_hash_set<std::string_view> small_;   // words in lower case
  absl::flat_hash_set<std::string_view> within_;  // words with a capital inside a sentence
  absl::flat_hash_set<std::string> known_;
  std::vector<std::string> names_;
  size_t title_before_ = 0;  // the word right after a title
};

}  // namespace

std::vector<std::string> FindProperNames(std::string_view body, std::string_view language) {
  return NameFinder(body, !NounsHaveCapitals(language)).Find();
}

}  // namespace broadsheet::ingest
