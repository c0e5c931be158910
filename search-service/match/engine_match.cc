#include "search/match/engine_match.h"

#include "search/match/feedback.h"
#include "search/match/ranking.h"

namespace broadsheet::search {
namespace {

// In the order of the rounded weights.
std::vector<Match> MatchesOf(const Xapian::MSet& set) {
  BestOf best(set.size());
  for (auto hit = set.begin(); hit != set.end(); ++hit)
    best.Offer(RoundedWeight(hit.get_weight()), *hit);
  return best.Take();
}

v1::Total TotalOf(const Xapian::MSet& set) {
  v1::Total total;
  bool exact = set.get_matches_lower_bound() == set.get_matches_upper_bound();
  total.set_value(exact ? set.get_matches_lower_bound() : set.get_matches_estimated());
  total.set_relation(exact ? v1::TOTAL_RELATION_EXACT : v1::TOTAL_RELATION_ESTIMATE);
  return total;
}

}  // namespace

EngineMatch::EngineMatch(const SearchQuery& query, const Xapian::Query& matching, Reader& reader,
                         const CallContext& context, Xapian::doccount counted, SinkSpy* spy)
    : enquire_(reader.database()), counted_(counted), spy_(spy) {
  enquire_.set_query(matching);
  enquire_.set_weighting_scheme(TimedBm25(context));
  if (query.ranking.expansion.has_value()) enquire_.set_query(WithFeedback(query, matching, enquire_, reader));
  if (spy != nullptr) enquire_.add_matchspy(spy);
}

BestMatches EngineMatch::Find(Xapian::doccount wanted) {
  const Xapian::MSet set = enquire_.get_mset(0, wanted, counted_);
  if (spy_ != nullptr) spy_->Show();
  return {MatchesOf(set), TotalOf(set)};
}

}  // namespace broadsheet::search
