#include "benchmarks/extraction_score.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <unordered_map>

namespace broadsheet::benchmarks {
namespace {

constexpr size_t kShingleWords = 4;
constexpr char kBetweenWords = '\x1F';

bool IsWordCharacter(UChar32 code) {
  if (code == '_') return true;
  return (U_GET_GC_MASK(code) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

double Harmonic(double a, double b) {
  return a + b > 0 ? 2 * a * b / (a + b) : 0;
}

// Of a prediction and a gold text of so many units, `common` of them in both.
Score FromCounts(double common, size_t predicted, size_t gold) {
  Score score{.has_prediction = predicted > 0, .has_gold = gold > 0};
  if (predicted == 0 && gold == 0) return {1, 1, 1};
  score.precision = predicted > 0 ? common / static_cast<double>(predicted) : 0;
  score.recall = gold > 0 ? common / static_cast<double>(gold) : 0;
  score.f1 = Harmonic(score.precision, score.recall);
  return score;
}

struct Shingles {
  std::unordered_map<std::string, size_t> counts;
  size_t total = 0;
};

Shingles ShinglesOf(const std::vector<std::string>& words) {
  Shingles shingles;
  if (words.empty()) return shingles;
  const size_t starts = words.size() < kShingleWords ? 1 : words.size() - kShingleWords + 1;
  for (size_t start = 0; start < starts; ++start) {
    std::string shingle;
    for (size_t i = start; i < std::min(start + kShingleWords, words.size()); ++i) {
      shingle += words[i];
      shingle += kBetweenWords;
    }
    ++shingles.counts[shingle];
    ++shingles.total;
  }
  return shingles;
}

std::string Lower(std::string_view text) {
  std::string lower;
  icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())})
      .toLower(icu::Locale::getRoot())
      .toUTF8String(lower);
  return lower;
}

// Length of the longest common subsequence. A bit for each word of `a`, a step for each word of `b`: a cleared bit
// marks where the length grows.
size_t CommonSubsequence(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const size_t blocks = (a.size() + 63) / 64;
  std::unordered_map<std::string, std::vector<uint64_t>> places;
  for (size_t i = 0; i < a.size(); ++i) {
    auto& bits = places[a[i]];
    bits.resize(blocks);
    bits[i / 64] |= uint64_t{1} << (i % 64);
  }
  std::vector<uint64_t> row(blocks, ~uint64_t{0});
  for (const std::string& word : b) {
    const auto found = places.find(word);
    if (found == places.end()) continue;
    uint64_t carry = 0;
    for (size_t i = 0; i < blocks; ++i) {
      const uint64_t matches = row[i] & found->second[i];
      const uint64_t sum = row[i] + matches;
      const uint64_t carried = sum + carry;
      carry = (sum < matches ? 1 : 0) + (carried < sum ? 1 : 0);
      row[i] = carried | (row[i] & ~found->second[i]);
    }
  }
  size_t length = 0;
  for (size_t i = 0; i < a.size(); ++i)
    length += (row[i / 64] >> (i % 64) & 1) == 0 ? 1 : 0;
  return length;
}

}  // namespace

std::vector<std::string> ScoredWords(std::string_view text) {
  std::vector<std::string> words;
  const auto size = static_cast<int64_t>(text.size());
  bool inside = false;
  for (int64_t at = 0; at < size;) {
    const int64_t begin = at;
    UChar32 code = 0;
    U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), at, size, code);
    const bool is_word = code >= 0 && IsWordCharacter(code);
    if (is_word && !inside) words.emplace_back();
    if (is_word) words.back().append(text.substr(begin, at - begin));
    inside = is_word;
  }
  return words;
}

Score ShingleScore(std::string_view prediction, std::string_view gold) {
  const Shingles predicted = ShinglesOf(ScoredWords(prediction));
  const Shingles wanted = ShinglesOf(ScoredWords(gold));
  size_t common = 0;
  for (const auto& [shingle, count] : wanted.counts) {
    const auto found = predicted.counts.find(shingle);
    if (found != predicted.counts.end()) common += std::min(count, found->second);
  }
  return FromCounts(static_cast<double>(common), predicted.total, wanted.total);
}

Score RougeLScore(std::string_view prediction, std::string_view gold) {
  const std::vector<std::string> predicted = ScoredWords(Lower(prediction));
  const std::vector<std::string> wanted = ScoredWords(Lower(gold));
  return FromCounts(static_cast<double>(CommonSubsequence(wanted, predicted)), predicted.size(), wanted.size());
}

void ScoreAverage::Add(const Score& score) {
  ++pages_;
  f1_ += score.f1;
  if (score.has_prediction) {
    ++predictions_;
    precision_ += score.precision;
  }
  if (score.has_gold) {
    ++golds_;
    recall_ += score.recall;
  }
}

Score ScoreAverage::Total() const {
  Score total{.has_prediction = predictions_ > 0, .has_gold = golds_ > 0};
  if (predictions_ > 0) total.precision = precision_ / static_cast<double>(predictions_);
  if (golds_ > 0) total.recall = recall_ / static_cast<double>(golds_);
  total.f1 = Harmonic(total.precision, total.recall);
  return total;
}

}  // namespace broadsheet::benchmarks
