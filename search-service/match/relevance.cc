#include "search/match/relevance.h"

#include <algorithm>
#include <span>

#include "search/match/closer_look.h"
#include "search/match/score_factors.h"

namespace broadsheet::search {
namespace {

constexpr Xapian::doccount kFirstCandidates = 1'000;  // that factors are looked up for
constexpr Xapian::doccount kMoreCandidates = 4;       // times as many, when they were not enough

std::vector<Match> MatchesOf(const Xapian::MSet& set) {
  std::vector<Match> matches;
  matches.reserve(set.size());
  for (auto hit = set.begin(); hit != set.end(); ++hit) {
    Match match;
    match.docid = *hit;
    match.parts.words = hit.get_weight();
    match.score = match.parts.Score();
    matches.push_back(std::move(match));
  }
  return matches;
}

void PutInOrder(std::vector<Match>& matches, size_t count) {
  auto end = matches.begin() + static_cast<std::ptrdiff_t>(std::min(count, matches.size()));
  for (auto match = matches.begin(); match != end; ++match)
    match->score = match->parts.Score();
  std::stable_sort(matches.begin(), end, [](const Match& a, const Match& b) { return a.score > b.score; });
}

// Step 1 with factors: candidates by their words, until what the next one could score at most is less than what the
// last wanted one has.
std::vector<Match> FindWithFactors(const SearchQuery& query, Xapian::Enquire& enquire, Reader& reader, absl::Time now,
                                   Xapian::doccount wanted, Xapian::doccount counted, Xapian::MSet& set) {
  const ScoreFactors factors(query.ranking, now);
  for (Xapian::doccount candidates = std::max(kFirstCandidates, wanted);; candidates *= kMoreCandidates) {
    set = enquire.get_mset(0, candidates, counted);
    std::vector<Match> matches = MatchesOf(set);
    const double reach = matches.empty() ? 0 : matches.back().parts.words * factors.largest();
    factors.Apply(reader.database(), matches);
    PutInOrder(matches, matches.size());
    bool all = set.size() < candidates;
    if (all || (matches.size() >= wanted && matches[wanted - 1].score >= reach)) return matches;
  }
}

}  // namespace

v1::Total TotalOf(const Xapian::MSet& set) {
  v1::Total total;
  bool exact = set.get_matches_lower_bound() == set.get_matches_upper_bound();
  total.set_value(exact ? set.get_matches_lower_bound() : set.get_matches_estimated());
  total.set_relation(exact ? v1::TOTAL_RELATION_EXACT : v1::TOTAL_RELATION_ESTIMATE);
  return total;
}

RankedMatches RankMatches(const SearchQuery& query, const ParsedQuery& asked, Xapian::Enquire& enquire, Reader& reader,
                          const ColumnSet& columns, absl::Time now, Xapian::doccount depth, Xapian::doccount counted) {
  const CloserLook look(query, asked, reader, columns);
  Xapian::doccount wanted = std::max(depth, look.empty() ? 0 : kLookedAtTwice) + 1;
  Xapian::MSet set;
  RankedMatches ranked;
  if (query.ranking.HasFactors()) {
    ranked.matches = FindWithFactors(query, enquire, reader, now, wanted, counted, set);
  } else {
    set = enquire.get_mset(0, wanted, counted);
    ranked.matches = MatchesOf(set);
  }
  ranked.total = TotalOf(set);
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
