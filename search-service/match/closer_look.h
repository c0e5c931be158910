#pragma once

#include <span>
#include <string>
#include <vector>

#include "search/columns/shard_columns.h"
#include "search/index/reader.h"
#include "search/match/page.h"
#include "search/match/search_caches.h"
#include "search/query/search_query.h"
#include "xapian.h"

namespace broadsheet::search {

// Looks at the best articles of a query once more: whether they have its very words, and whether these stand near each
// other. Words are those of the query without a field, outside of quotation marks, that are not negated.
//   exact_form = kExactFormWeight * sum over words of BM25(word as written)
//   proximity  = kProximityWeight * sum over pairs of words beside each other in the query of
//                min(idf, idf) * t * (k1 + 1) / (t + K), where t adds 1 / d^2 for each place of the rarer word whose
//                nearest place of the other is d <= kWidestPair words away, and K is that of BM25
// after Buettcher, Clarke and Lushman, Term proximity scoring for ad-hoc retrieval (SIGIR 2006). The weights were
// chosen on three collections at once, none held out (tests/benchmarks/README.md).
inline constexpr double kExactFormWeight = 0.2;
inline constexpr double kProximityWeight = 0.3;
inline constexpr Xapian::termpos kWidestPair = 8;

// One a match; not thread-safe. Xapian's exceptions pass through.
class CloserLook {
 public:
  // `query` has its text rewritten; `asked` is the text as it was written. All must outlive it.
  // `columns` are those of the reader's snapshot, for the lengths of articles; none: they are read from the index, as
  // are postings and places without caches.
  CloserLook(const SearchQuery& query, const ParsedQuery& asked, Reader& reader, const ColumnSet& columns,
             SearchCaches* caches);

  // Nothing to look for.
  bool empty() const { return words_.empty(); }

  // Sets exact_form and proximity of the matches, so that their scores say which are the best `wanted` of them, and
  // what those score. The others may be left without their proximity, when all that it could be would not bring them
  // there.
  void Apply(std::span<Match> matches, size_t wanted) const;

 private:
  struct Word {
    std::string term;
    double idf = 0;
  };
  // What one article has of a word.
  struct Candidate {
    Match* match = nullptr;
    double length_norm = 0;                 // K of BM25
    std::vector<Xapian::termcount> counts;  // of each word
    double reach = 0;                       // the score with all the proximity that it could have

    bool Has(size_t word) const { return word < counts.size() && counts[word] > 0; }
  };

  std::vector<Candidate> Count(std::span<Match> matches) const;
  void AddExactForm(Candidate& candidate) const;
  double MostProximity(const Candidate& candidate) const;
  static double LeastOfBest(const std::vector<Candidate>& candidates, size_t wanted);
  void AddProximity(std::vector<Candidate>& candidates, size_t wanted) const;
  void LookAtPlaces(std::span<Candidate> candidates) const;
  double OfPair(size_t word, double closeness, double length_norm) const;
  double LengthOf(Xapian::docid docid) const;
  Places PlacesOf(const Word& word, Xapian::docid docid) const;

  const Reader& reader_;
  const ColumnSet& columns_;
  SearchCaches* const caches_;  // may be null
  const bool exact_form_;
  const bool proximity_;
  std::vector<Word> words_;
};

}  // namespace broadsheet::search
