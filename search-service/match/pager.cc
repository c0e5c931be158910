#include "search/match/pager.h"

#include "search/match/date_pager.h"
#include "search/match/fair_pager.h"
#include "search/match/group_pager.h"

namespace broadsheet::search {

std::unique_ptr<Pager> MakePager(const SearchQuery& query) {
  if (query.group.has_value()) return std::make_unique<GroupPager>(query);
  if (query.fairness.has_value()) return std::make_unique<FairPager>(query);
  if (ByDate(query)) return std::make_unique<DatePager>(query);
  return nullptr;
}

}  // namespace broadsheet::search
