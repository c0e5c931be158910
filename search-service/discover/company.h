#pragma once

#include <string>
#include <vector>

#include "search/discover/lexicon.h"
#include "xapian.h"

// Which completions occur together with the words before. Xapian's exceptions pass through.
namespace broadsheet::search {

inline constexpr size_t kCompanyArticles = 48;      // that are looked at
inline constexpr size_t kCompanyWords = 3;          // before the one that is completed
inline constexpr size_t kCompanyCandidates = 16;    // of each of two kinds: frequent ones, and those of some articles
inline constexpr size_t kCompanyListsOfTerms = 10;  // articles whose words are read

// Words that begin with `last`, best first: those that articles with all of `before` have more often than others, by
// LogLikelihoodRatio, as far as a sample of at most kCompanyArticles of them, spread evenly, tells. `frequent` are the
// most frequent words that begin so; they come in their own order when no article has all words. `hidden` articles,
// which ascend, are not looked at. Costs at most some thousand steps in lists of postings, whatever the index holds.
std::vector<std::string> WordsInCompany(const Xapian::Database& database, const std::vector<std::string>& before,
                                        const std::string& last, const std::vector<Counted>& frequent,
                                        const std::vector<Xapian::docid>& hidden);

}  // namespace broadsheet::search
