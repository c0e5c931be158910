#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "search/match/page.h"
#include "search/match/placer.h"

namespace broadsheet::search {

// The first kLookedAtTwice matches of a sweep: step 2 of the order of relevance (relevance.h), for pages that are made
// out of all matches. None get past those that are not among them, so that what is first of all matches, and of each
// group, is what it is for single hits. Not thread-safe.
class FirstMatches {
 public:
  // `asked` is the text as it was written. Both must outlive it.
  FirstMatches(const SearchQuery& query, const ParsedQuery& asked);

  void Take(const Match& match, uint32_t group);

  // Once all were taken: gives them exact_form, proximity, and the places that follow. Xapian's exceptions pass
  // through.
  void LookAgain(Reader& reader, const ColumnSet& columns);

  // What has become of a match, which is as it was taken.
  void Correct(Match& match) const;

  // Those that were looked at, in no order.
  struct Member {
    uint32_t group = 0;
    Match match;
  };
  const std::vector<Member>& members() const { return members_; }

 private:
  const SearchQuery& query_;
  const ParsedQuery& asked_;
  const bool wanted_;
  std::vector<Member> members_;  // a heap with the latest in front, until LookAgain
  Place last_;                   // the latest as they were taken
  absl::flat_hash_map<Xapian::docid, size_t> by_docid_;
};

}  // namespace broadsheet::search
