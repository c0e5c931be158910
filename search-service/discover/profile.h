#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "common/base/call_context.h"
#include "common/text/stemmer.h"
#include "common/text/tokenizer.h"
#include "xapian.h"

namespace broadsheet::search {

inline constexpr size_t kMaxProfileTerms = 40;
// Entries of the index that the terms of a profile may have together: what a match of them can cost at most.
inline constexpr int64_t kMaxProfilePostings = 400'000;

// One term that tells a text from others.
struct ProfileTerm {
  std::string term;      // of the index
  std::string text;      // as the text has it most often
  double frequency = 0;  // how often it is there, title words more
  double score = 0;      // frequency times the rarity of the term in the index
  int64_t articles = 0;  // that have it
};

// Makes a text into the terms that tell it from all others, by tf-idf (Salton and Buckley, "Term-weighting approaches
// in automatic text retrieval", 1988; frequencies as they are: logarithm and square root did
// about as well on BASIL's stories among other news). Words are looked up by their stems, stop words
// and numbers left out; of scripts without spaces, pairs of characters are taken. Not thread-safe. Xapian's exceptions
// pass through.
class ProfileBuilder {
 public:
  // `languages`: of the text, or those that it may be in: a word counts by the stem that most articles have.
  ProfileBuilder(const Xapian::Database& database, const std::vector<std::string>& languages);

  // Each word of `text` counts `weight` times.
  void Add(std::string_view text, int weight);

  // The terms with the highest scores first: at most kMaxProfileTerms, with kMaxProfilePostings entries together, each
  // in `least_articles` or more articles. CANCELLED or DEADLINE_EXCEEDED.
  absl::StatusOr<std::vector<ProfileTerm>> Choose(int64_t least_articles, const CallContext& context) const;

 private:
  struct Use {
    int64_t times = 0;
    bool ngram = false;
    std::map<std::string, int64_t, std::less<>> forms;
  };

  std::string TermOf(const std::string& word, const Use& use) const;

  const Xapian::Database& database_;
  std::vector<Stemmer> stemmers_;
  absl::flat_hash_map<std::string, Use> uses_;  // by folded word or pair
};

}  // namespace broadsheet::search
