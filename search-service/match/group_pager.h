#pragma once

#include <vector>

#include "search/match/first_matches.h"
#include "search/match/group_keys.h"
#include "search/match/pager.h"
#include "search/match/placer.h"

namespace broadsheet::search {

// Groups of matches, each where the first of its hits stands; all matches are looked at, so numbers and sizes are
// exact. In the orders by date a page goes on after the place of the last group before it; by relevance after as many
// groups, or, when the snapshot changed, after the hit that stood for the last one.
class GroupPager : public Pager {
 public:
  // As MakePager.
  GroupPager(const SearchQuery& query, const ParsedQuery& asked, absl::Time now);

  void BeginShard(const ShardView& shard) override;
  void Take(const Batch& batch) override;
  absl::StatusOr<Page> Finish(Reader& reader, const ColumnSet& columns) override;

 private:
  struct Group {
    uint32_t number = 0;  // of the key
    int64_t size = 0;
    Match best;
  };
  struct Member {
    uint32_t group = 0;
    Match match;
  };

  void LookAgain(Reader& reader, const ColumnSet& columns);
  size_t FindBeginning(Reader& reader);
  size_t Continuation(Xapian::docid last) const;
  void AddGroup(const Group& group, Reader& reader, Page& page) const;
  void AddMembers(Page& page) const;

  const SearchQuery& query_;
  GroupKeys keys_;
  Placer placer_;
  FirstMatches first_;
  std::vector<Group> groups_;    // by number
  std::vector<Member> members_;  // all matches, when more than the best of each group is asked for
};

}  // namespace broadsheet::search
