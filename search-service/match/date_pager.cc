#include "search/match/date_pager.h"

#include <algorithm>
#include <utility>

namespace broadsheet::search {

std::optional<Place> PlaceAfter(const SearchQuery& query) {
  if (!query.after.has_value()) return std::nullopt;
  const int64_t published = query.after->dated ? query.after->published_micros : kNoNumber;
  return PlaceByDate(published, query.after->sequence, query.order == v1::ORDER_NEWEST);
}

DatePager::DatePager(const SearchQuery& query)
    : page_size_(static_cast<size_t>(query.page_size)), after_(PlaceAfter(query)), placer_(query, absl::UnixEpoch()) {}

void DatePager::BeginShard(const ShardView& shard) {
  placer_.BeginShard(shard);
  passed_ = false;
}

void DatePager::Take(const Batch& batch) {
  for (size_t i = 0; i < batch.docids.size(); ++i) {
    const Match match = placer_.Of(batch, i);
    if (after_.has_value() && match.place >= *after_) continue;
    if (best_.size() > page_size_) {
      if (!Earlier(match, best_.front())) {
        passed_ = true;
        continue;
      }
      std::pop_heap(best_.begin(), best_.end(), Earlier);
      best_.pop_back();
    }
    best_.push_back(match);
    std::push_heap(best_.begin(), best_.end(), Earlier);
  }
}

absl::StatusOr<Page> DatePager::Finish(Reader&, const ColumnSet&) {
  Page page;
  std::sort_heap(best_.begin(), best_.end(), Earlier);
  page.more = best_.size() > page_size_;
  if (page.more) best_.pop_back();
  page.matches = std::move(best_);
  return page;
}

}  // namespace broadsheet::search
