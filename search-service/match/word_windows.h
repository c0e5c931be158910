#pragma once

#include <functional>
#include <vector>

#include "search/match/match_taker.h"
#include "search/match/word_cursor.h"

namespace broadsheet::search {

// Articles of one shard with any of some words that many have. What they weigh is summed up word by word, for a window
// of docids at a time. Words that together cannot bring an article among the best are only looked up for articles that
// others have brought near (MaxScore: Turtle and Flood, Query evaluation: strategies and optimizations, 1995). For one
// run.
class WordWindows {
 public:
  using Stands = std::function<bool(Xapian::docid)>;

  // Only articles that stand are matches. `documents`: how many the shard has. All must outlive it.
  WordWindows(std::vector<WordCursor>& words, const Stands& stands, const std::function<void()>& look,
              MatchTaker& taker, Xapian::docid documents);

  // Shows the taker the matches in ascending order. `may_leave_out`: nothing but the taker needs every one.
  void Go(bool may_leave_out);

 private:
  void SetRest();
  double Expected() const;
  Xapian::docid NextDocid() const;
  void Fill(Xapian::docid begin);
  void Take(Xapian::docid begin);
  double WithRest(Xapian::docid docid, double weight);

  std::vector<WordCursor>& words_;  // those that can add most last
  const Stands& stands_;
  const std::function<void()>& look_;
  MatchTaker& taker_;
  const double documents_;
  std::vector<double> most_;     // of each word
  std::vector<double> weights_;  // of the articles of the window
  size_t rest_ = 0;              // so many words, the first ones, are only looked up
  double most_of_rest_ = 0;
};

}  // namespace broadsheet::search
