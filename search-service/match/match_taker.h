#pragma once

#include <span>
#include <vector>

#include "broadsheet/v1/search.pb.h"
#include "search/match/best_matches.h"
#include "search/match/match_sink.h"
#include "search/match/sink_batches.h"
#include "xapian.h"

namespace broadsheet::search {

// Where the matches of all shards go: to the best of them, and all of them to sinks. Not thread-safe.
class MatchTaker {
 public:
  MatchTaker(size_t wanted, std::span<MatchSink* const> sinks) : best_(wanted), batches_(sinks) {}

  void BeginShard(const ShardView& view);
  void Take(Xapian::docid docid, double weight);
  void End() { batches_.Show(); }  // after the last one

  // Whether matches that cannot be among the best may be left out.
  bool MayLeaveOut() const { return batches_.empty(); }

  // So many matches were left out; about so many.
  void LeaveOut(size_t matches) { count_ += matches; }
  void LeaveOutAbout(double matches);

  // What a match must weigh at least to be among the best.
  double least() const { return best_.least(); }
  size_t count() const { return count_; }
  v1::Total Total() const;
  std::vector<Match> TakeBest() { return best_.Take(); }

 private:
  BestOf best_;
  SinkBatches batches_;
  ShardView view_;
  size_t count_ = 0;
  double left_out_ = 0;
  bool exact_ = true;
};

}  // namespace broadsheet::search
