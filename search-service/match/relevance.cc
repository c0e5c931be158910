#include "search/match/relevance.h"

#include <algorithm>
#include <span>
#include <utility>

#include "search/match/closer_look.h"
#include "search/match/score_factors.h"

namespace broadsheet::search {
namespace {

constexpr Xapian::doccount kFirstCandidates = 1'000;  // that factors are looked up for
constexpr Xapian::doccount kMoreCandidates = 4;       // times as many, when they were not enough

void PutInOrder(std::vector<Match>& matches, size_t count) {
  auto end = matches.begin() + static_cast<std::ptrdiff_t>(std::min(count, matches.size()));
  for (auto match = matches.begin(); match != end; ++match)
    match->score = match->parts.Score();
  std::stable_sort(matches.begin(), end, [](const Match& a, const Match& b) { return a.score > b.score; });
}

// Step 1 with factors: candidates by their words, until what the next one could score at most is less than what the
// last wanted one has.
BestMatches FindWithFactors(const SearchQuery& query, const FindBest& best, Reader& reader, absl::Time now,
                            Xapian::doccount wanted) {
  const ScoreFactors factors(query.ranking, now);
  for (Xapian::doccount candidates = std::max(kFirstCandidates, wanted);; candidates *= kMoreCandidates) {
    BestMatches found = best(candidates);
    std::vector<Match>& matches = found.matches;
    const double reach = matches.empty() ? 0 : matches.back().parts.words * factors.largest();
    factors.Apply(reader.database(), matches);
    PutInOrder(matches, matches.size());
    bool all = matches.size() < candidates;
    if (all || (matches.size() >= wanted && matches[wanted - 1].score >= reach)) return found;
  }
}

}  // namespace

RankedMatches RankMatches(const SearchQuery& query, const ParsedQuery& asked, const FindBest& best, Reader& reader,
                          const ColumnSet& columns, SearchCaches& caches, absl::Time now, Xapian::doccount depth) {
  const CloserLook look(query, asked, reader, columns, &caches);
  Xapian::doccount wanted = std::max(depth, look.empty() ? 0 : kLookedAtTwice) + 1;
  BestMatches found = query.ranking.HasFactors() ? FindWithFactors(query, best, reader, now, wanted) : best(wanted);
  RankedMatches ranked{.matches = std::move(found.matches), .total = std::move(found.total)};
  if (!look.empty()) {
    const size_t count = std::min<size_t>(kLookedAtTwice, ranked.matches.size());
    look.Apply(std::span(ranked.matches).first(count), depth);
    PutInOrder(ranked.matches, count);
  }
  ranked.more = ranked.matches.size() > depth;
  if (ranked.more) ranked.matches.resize(depth);
  return ranked;
}

}  // namespace broadsheet::search
