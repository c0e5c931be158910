#pragma once

#include <optional>
#include <vector>

#include "search/match/pager.h"
#include "search/match/placer.h"

namespace broadsheet::search {

// The matches that come next in an order by date. Every article has a place of its own, so a page goes on after the
// place of the last hit before it, whatever was written in between.
class DatePager : public Pager {
 public:
  explicit DatePager(const SearchQuery& query);

  void BeginShard(const ShardView& shard) override;
  void Take(const Batch& batch) override;
  absl::StatusOr<Page> Finish(Reader& reader, const ColumnSet& columns) override;

  // Whether a match of this shard comes after the page: when its matches come in the order of the page, so do all that
  // follow.
  bool passed() const { return passed_; }

 private:
  const size_t page_size_;
  std::optional<Place> after_;
  Placer placer_;
  bool passed_ = false;
  std::vector<Match> best_;  // a heap with the latest of them in front; one more than the page takes
};

// Where the last hit of the page before stands in an order by date; nothing on the first page.
std::optional<Place> PlaceAfter(const SearchQuery& query);

}  // namespace broadsheet::search
