#include "search/match/pager.h"

#include "search/match/date_pager.h"
#include "search/match/fair_pager.h"
#include "search/match/group_pager.h"

namespace broadsheet::search {

bool NeedsPager(const SearchQuery& query) {
  return query.group.has_value() || query.fairness.has_value() || ByDate(query);
}

std::unique_ptr<Pager> MakePager(const SearchQuery& query, const ParsedQuery& asked, absl::Time now) {
  if (query.group.has_value()) return std::make_unique<GroupPager>(query, asked, now);
  if (query.fairness.has_value()) return std::make_unique<FairPager>(query, asked, now);
  if (ByDate(query)) return std::make_unique<DatePager>(query);
  return nullptr;
}

}  // namespace broadsheet::search
