#pragma once

#include <span>
#include <vector>

#include "search/match/match_sink.h"
#include "xapian.h"

namespace broadsheet::search {

// Shows matches to sinks many at a time: what is added waits until there are enough. Not thread-safe.
class SinkBatches {
 public:
  // The sinks must outlive it.
  explicit SinkBatches(std::span<MatchSink* const> sinks) : sinks_(sinks) {}

  // Whether there is no sink.
  bool empty() const { return sinks_.empty(); }

  // What is added next is of this shard.
  void Begin(const ShardView& shard);

  void Add(Xapian::docid docid, double weight);

  // Shows what waits; to be called after the last one.
  void Show();

  // Whether no sink needs more, by what was shown.
  bool full() const { return full_; }

 private:
  const std::span<MatchSink* const> sinks_;
  ShardView shard_;
  bool begun_ = false;  // of the shard, something was shown
  bool full_ = false;
  std::vector<Xapian::docid> docids_;
  std::vector<double> weights_;
};

}  // namespace broadsheet::search
