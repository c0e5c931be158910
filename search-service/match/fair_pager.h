#pragma once

#include <vector>

#include "search/match/first_matches.h"
#include "search/match/group_keys.h"
#include "search/match/pager.h"
#include "search/match/placer.h"

namespace broadsheet::search {

// Pages on which no value of a field has more than so many hits. Each page takes, of what the pages before left over,
// the first hits in order, but passes over those whose value has its share on this page already; they wait for the next
// one. A page is shorter than asked when nothing else is left. Articles without a value are never passed over.
//
// A page is found by laying all pages before it, which depend on the page's size and the snapshot: sizes must stay, and
// after a change of the snapshot hits may come twice or be missed.
class FairPager : public Pager {
 public:
  // As MakePager.
  FairPager(const SearchQuery& query, const ParsedQuery& asked, absl::Time now);

  void BeginShard(const ShardView& shard) override;
  void Take(const Batch& batch) override;
  absl::StatusOr<Page> Finish(Reader& reader, const ColumnSet& columns) override;

 private:
  // What is left of one value: a heap with the earliest match in front.
  struct Queue {
    std::vector<Match> waiting;
    int on_page = 0;
  };

  // Of two queues, which are not empty, whether the first match of `left` comes later.
  auto LaterQueue() const {
    return [this](uint32_t left, uint32_t right) {
      return Earlier(queues_[right].waiting.front(), queues_[left].waiting.front());
    };
  }

  // Takes one page from the queues. `fronts` are those that are not empty: a heap with the earliest in front.
  std::vector<Match> LayPage(std::vector<uint32_t>& fronts);

  const SearchQuery& query_;
  GroupKeys keys_;
  Placer placer_;
  FirstMatches first_;
  std::vector<Queue> queues_;  // by number of the value
};

}  // namespace broadsheet::search
