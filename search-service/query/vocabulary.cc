#include "search/query/vocabulary.h"

#include <algorithm>
#include <utility>

namespace broadsheet::search {
namespace {

constexpr int kWordsPerLook = 256;
constexpr size_t kShortestStart = 3;  // letters that all forms of a word share with its stem

std::u32string Letters(std::string_view text) {
  std::u32string letters;
  for (size_t i = 0; i < text.size();) {
    auto lead = static_cast<unsigned char>(text[i]);
    size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t letter = size == 1 ? lead : lead & (0xff >> (size + 1));
    for (size_t k = 1; k < size && i + k < text.size(); ++k)
      letter = letter << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3f);
    letters.push_back(letter);
    i += size;
  }
  return letters;
}

// Bytes of the first `count` letters.
size_t BytesOfLetters(std::string_view text, size_t count) {
  size_t i = 0;
  for (; i < text.size(); ++i) {
    if ((text[i] & 0xc0) == 0x80) continue;
    if (count-- == 0) break;
  }
  return i;
}

// The first string after all that begin with `start`. No byte of UTF-8 is 0xff.
std::string After(std::string_view start) {
  std::string after(start);
  after.back() = static_cast<char>(static_cast<unsigned char>(after.back()) + 1);
  return after;
}

// Distances between a word and the beginnings of others, letter by letter. Beginnings that two words of a sorted list
// share are worked out once.
class DistanceRows {
 public:
  DistanceRows(std::u32string word, int max_distance) : word_(std::move(word)), max_(max_distance) {
    rows_.emplace_back();
    for (size_t i = 0; i <= word_.size(); ++i)
      rows_[0].push_back(static_cast<int>(i));
  }

  // The distance of `other`, or -1 when it is too large. `dead` then says how many letters of it are enough for that;
  // 0 when only the whole is.
  int Of(const std::u32string& other, size_t& dead) {
    dead = 0;
    size_t shared = 0;
    while (shared < other.size() && shared < before_.size() && other[shared] == before_[shared])
      ++shared;
    rows_.resize(std::min(rows_.size(), shared + 1));
    before_ = other;
    while (rows_.size() <= other.size()) {
      if (size_t length = rows_.size() - 1; length > 0 && IsHopeless(length)) {
        dead = length;
        before_.resize(length);
        return -1;
      }
      AddRow(other);
    }
    int distance = rows_.back().back();
    return distance <= max_ ? distance : -1;
  }

 private:
  void AddRow(const std::u32string& other) {
    const size_t i = rows_.size();
    std::vector<int> row(word_.size() + 1, static_cast<int>(i));
    for (size_t j = 1; j <= word_.size(); ++j) {
      int replaced = rows_[i - 1][j - 1] + (other[i - 1] == word_[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, rows_[i - 1][j] + 1, row[j - 1] + 1});
      bool swapped = i > 1 && j > 1 && other[i - 1] == word_[j - 2] && other[i - 2] == word_[j - 1];
      if (swapped) row[j] = std::min(row[j], rows_[i - 2][j - 2] + 1);
    }
    rows_.push_back(std::move(row));
  }

  // No end can bring it back: neither from here nor, by a swap, from the letter before.
  bool IsHopeless(size_t length) const {
    auto least = [](const std::vector<int>& row) { return *std::min_element(row.begin(), row.end()); };
    return least(rows_[length]) > max_ && least(rows_[length - 1]) + 1 > max_;
  }

  const std::u32string word_;
  const int max_;
  std::u32string before_;
  std::vector<std::vector<int>> rows_;
};

void KeepBest(std::vector<VocabularyWord>& words, size_t limit) {
  std::sort(words.begin(), words.end(), [](const VocabularyWord& a, const VocabularyWord& b) {
    if (a.distance != b.distance) return a.distance < b.distance;
    return a.articles != b.articles ? a.articles > b.articles : a.text < b.text;
  });
  if (words.size() > limit) words.resize(limit);
}

// Greedy with one point to go back to: never more than length times length steps.
bool MatchesPattern(std::u32string_view word, std::u32string_view pattern) {
  size_t w = 0, p = 0, star = std::u32string_view::npos, after_star = 0;
  while (w < word.size()) {
    if (p < pattern.size() && (pattern[p] == U'?' || (pattern[p] == word[w] && pattern[p] != U'*'))) {
      ++w, ++p;
    } else if (p < pattern.size() && pattern[p] == U'*') {
      star = p++;
      after_star = w;
    } else if (star != std::u32string_view::npos) {
      p = star + 1;
      w = ++after_star;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == U'*')
    ++p;
  return p == pattern.size();
}

}  // namespace

bool Vocabulary::Visit() {
  if (++visited_ % kWordsPerLook == 0) look_();
  return visited_ <= kMaxWordsVisited;
}

std::vector<VocabularyWord> Vocabulary::Near(const std::string& prefix, std::string_view word, int max_distance,
                                             size_t limit, Xapian::doccount least_articles) {
  std::vector<VocabularyWord> found;
  if (max_distance == 0 || word.empty()) return found;
  DistanceRows rows(Letters(word), max_distance);
  const std::string start = prefix + std::string(word.substr(0, BytesOfLetters(word, 1)));
  auto end = database_.allterms_end(start);
  for (auto term = database_.allterms_begin(start); term != end && Visit();) {
    std::string text = (*term).substr(prefix.size());
    size_t dead = 0;
    int distance = rows.Of(Letters(text), dead);
    if (distance > 0 && term.get_termfreq() >= least_articles) found.push_back({text, term.get_termfreq(), distance});
    if (dead == 0) {
      ++term;
    } else {
      term.skip_to(After(prefix + text.substr(0, BytesOfLetters(text, dead))));
    }
  }
  KeepBest(found, limit);
  return found;
}

std::vector<VocabularyWord> Vocabulary::Forms(const std::string& prefix, std::string_view word, const Stemmer& stemmer,
                                              size_t limit) {
  const std::string stem = stemmer(word);
  size_t shared = 0;
  while (shared < stem.size() && shared < word.size() && stem[shared] == word[shared])
    ++shared;
  // A stem may end in another letter than its words do: "countri" is that of "country".
  size_t letters = Letters(std::string_view(stem).substr(0, shared)).size();
  if (shared == stem.size() && letters > kShortestStart) --letters;
  const std::string start = prefix + stem.substr(0, BytesOfLetters(stem, letters));
  std::vector<VocabularyWord> found;
  for (auto term = database_.allterms_begin(start); term != database_.allterms_end(start) && Visit(); ++term) {
    std::string text = (*term).substr(prefix.size());
    if (stemmer(text) == stem) found.push_back({std::move(text), term.get_termfreq(), 0});
  }
  KeepBest(found, limit);
  return found;
}

std::vector<VocabularyWord> Vocabulary::Fitting(const std::string& prefix, std::string_view pattern, size_t limit,
                                                bool& cut) {
  const std::u32string wanted = Letters(pattern);
  const std::string start = prefix + std::string(pattern.substr(0, pattern.find_first_of("*?")));
  std::vector<VocabularyWord> found;
  auto term = database_.allterms_begin(start);
  bool more = true;
  for (; term != database_.allterms_end(start) && (more = Visit()); ++term) {
    std::string text = (*term).substr(prefix.size());
    if (MatchesPattern(Letters(text), wanted)) found.push_back({std::move(text), term.get_termfreq(), 0});
  }
  cut = !more || found.size() > limit;
  KeepBest(found, limit);
  return found;
}

int ForgivenErrors(std::string_view word) {
  size_t letters = Letters(word).size();
  return letters <= 3 ? 0 : letters <= 7 ? 1 : 2;
}

}  // namespace broadsheet::search
