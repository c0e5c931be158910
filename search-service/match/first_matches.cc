#include "search/match/first_matches.h"

#include <algorithm>

#include "search/match/closer_look.h"
#include "search/match/relevance.h"

namespace broadsheet::search {
namespace {

bool EarlierMember(const FirstMatches::Member& left, const FirstMatches::Member& right) {
  return Earlier(left.match, right.match);
}

}  // namespace

FirstMatches::FirstMatches(const SearchQuery& query, const ParsedQuery& asked)
    : query_(query), asked_(asked), wanted_(!ByDate(query) && (query.ranking.exact_form || query.ranking.proximity)) {}

void FirstMatches::Take(const Match& match, uint32_t group) {
  if (!wanted_) return;
  if (members_.size() == kLookedAtTwice) {
    if (!Earlier(match, members_.front().match)) return;
    std::pop_heap(members_.begin(), members_.end(), EarlierMember);
    members_.pop_back();
  }
  members_.push_back({group, match});
  std::push_heap(members_.begin(), members_.end(), EarlierMember);
}

void FirstMatches::LookAgain(Reader& reader, const ColumnSet& columns) {
  if (members_.empty()) return;
  last_ = members_.front().match.place;
  std::vector<Match> matches;
  for (const Member& member : members_)
    matches.push_back(member.match);
  const CloserLook look(query_, asked_, reader, columns, nullptr);
  if (!look.empty()) look.Apply(matches, matches.size());
  for (size_t i = 0; i < members_.size(); ++i) {
    Match& match = members_[i].match;
    match = matches[i];
    match.score = match.parts.Score();
    match.place = PlaceByWeight(match.score, match.docid);
    by_docid_.emplace(match.docid, i);
  }
}

void FirstMatches::Correct(Match& match) const {
  if (by_docid_.empty() || match.place < last_) return;
  auto found = by_docid_.find(match.docid);
  if (found != by_docid_.end()) match = members_[found->second].match;
}

}  // namespace broadsheet::search
