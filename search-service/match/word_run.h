#pragma once

#include <functional>
#include <span>
#include <vector>

#include "search/columns/shard_columns.h"
#include "search/match/docid_sets.h"
#include "search/match/match_taker.h"
#include "search/match/word_cursor.h"
#include "search/match/word_plan.h"

namespace broadsheet::search {

// A query of words in one shard. For one run.
class WordRun {
 public:
  struct Part {
    size_t postings() const;
    std::vector<WordCursor> words;
  };

  // `look` is called now and then and may throw. All must outlive it.
  WordRun(std::vector<Part> parts, std::span<const WordPlan::Range> ranges, const ShardColumns& columns,
          DocidSpan superseded, const std::function<void()>& look, MatchTaker& taker);

  // Shows the taker the matches in ascending order; what cannot be among the best may be left out.
  void Go();

 private:
  bool Stands(Xapian::docid docid) const;
  void GoByRarest();
  void GoByBlocks(const WordCursor& first);
  double MostOfOthers() const;
  void TryAt(Xapian::docid docid);

  struct RangeOf {
    const NumbersColumn* numbers;
    int64_t min;
    int64_t max;
  };

  std::vector<Part> parts_;  // the rarest first
  std::vector<RangeOf> ranges_;
  const ShardColumns& columns_;
  const DocidSpan superseded_;
  const std::function<void()>& look_;
  MatchTaker& taker_;
};

}  // namespace broadsheet::search
