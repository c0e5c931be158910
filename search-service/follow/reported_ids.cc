#include "search/follow/reported_ids.h"

#include <algorithm>

#include "common/base/hash.h"

namespace broadsheet::search {

bool ReportedIds::Has(std::string_view id) const {
  return ids_.contains(Hash64(id));
}

void ReportedIds::Add(std::string_view id) {
  const uint64_t hash = Hash64(id);
  if (!ids_.insert(hash).second) return;
  order_.push_back(hash);
  while (order_.size() > kReportedIds) {
    if (ids_.erase(order_.front()) > 0) forgot_ = true;
    order_.pop_front();
  }
}

// Its place in the order goes, too, lest the id come again and be dropped in the turn of its first coming.
void ReportedIds::Remove(std::string_view id) {
  const uint64_t hash = Hash64(id);
  if (ids_.erase(hash) == 0) return;
  order_.erase(std::find(order_.begin(), order_.end(), hash));
}

}  // namespace broadsheet::search
