#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// How near an extracted text comes to the gold text of its page. Pure functions, thread-safe.
namespace broadsheet::benchmarks {

// Shares from 0 to 1. `precision`: of what was extracted, how much is gold; `recall`: of the gold, how much was
// extracted; `f1`: their harmonic mean. Two empty texts agree wholly.
struct Score {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
  bool has_prediction = false;  // anything was extracted
  bool has_gold = false;        // the page has gold text
};

// Runs of letters, digits and underscores of all scripts, as the \w+ of most languages finds them. Case is kept.
std::vector<std::string> ScoredWords(std::string_view text);

// Over shingles of four words, each as often as it occurs. A text of fewer words is one shingle.
Score ShingleScore(std::string_view prediction, std::string_view gold);

// ROUGE-L: over the longest common subsequence of the words in lower case.
Score RougeLScore(std::string_view prediction, std::string_view gold);

// Averages over pages, each page of the same weight.
class ScoreAverage {
 public:
  void Add(const Score& score);

  size_t pages() const { return pages_; }

  // Precision over the pages with a prediction, recall over those with gold text, `f1` the harmonic mean of these two
  // averages: as the public article extraction benchmark counts.
  Score Total() const;

  // The average of the pages' own F1.
  double MeanF1() const { return pages_ > 0 ? f1_ / static_cast<double>(pages_) : 0; }

 private:
  size_t pages_ = 0;
  size_t predictions_ = 0;
  size_t golds_ = 0;
  double precision_ = 0;
  double recall_ = 0;
  double f1_ = 0;
};

}  // namespace broadsheet::benchmarks
