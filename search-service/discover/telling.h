#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "common/base/call_context.h"
#include "search/discover/likelihood.h"
#include "search/discover/term_counter.h"
#include "search/index/reader.h"
#include "xapian.h"

// Terms that are more frequent in some articles than in others.
namespace broadsheet::search {

inline constexpr size_t kCountedArticles = 1'000;  // whose terms are read

inline constexpr int64_t kMaxTermsRead = 4'000'000;

// Terms that are weighed again, with exact counts.
inline constexpr size_t kMaxCandidates = 400;

struct TellingTerm {
  std::string term;  // of the index
  std::string text;  // as articles write it
  double score = 0;  // LogLikelihoodRatio
  Share these;
  Share others;
  Xapian::docid first = 0;  // an article that has it
};

// Articles that must have a term among `articles` for it to be told: what one article says is no sign of anything.
int64_t LeastArticles(int64_t articles);

// Best first.
void SortByScore(std::vector<TellingTerm>& terms);

// Reads the terms of `sample` into `counter`: of fewer articles when they have more than kMaxTermsRead terms together,
// as some of book length have. CANCELLED or DEADLINE_EXCEEDED. Xapian's exceptions pass through.
absl::Status CountTerms(const Xapian::Database& database, const std::vector<Xapian::docid>& sample,
                        const CallContext& context, TermCounter& counter);

// Leaves out what would be said twice, and what is in `known`, stems that the reader has typed:
//   a word that is part of a name, when at least half of the articles that have the word have the name
//   a name that is part of a longer one, when the same holds
//   names that are written alike but for case and initials
// A name takes the score of what it stands for when that is better. `terms` and the result: best first.
std::vector<TellingTerm> WithoutRepetition(std::vector<TellingTerm> terms, const std::vector<std::string>& languages,
                                           const absl::flat_hash_set<std::string>& known);

// Fills the texts of the best `limit` terms, from some of the articles of `sample` and one that has the term, and
// returns those that are no stop words. CANCELLED or DEADLINE_EXCEEDED. Xapian's exceptions pass through.
absl::StatusOr<std::vector<TellingTerm>> WriteTerms(const Reader& reader, std::vector<TellingTerm> terms, size_t limit,
                                                    const std::vector<Xapian::docid>& sample,
                                                    const CallContext& context);

}  // namespace broadsheet::search
