#include "search/match/sink_batches.h"

namespace broadsheet::search {

void SinkBatches::Begin(const ShardView& shard) {
  Show();
  shard_ = shard;
  begun_ = false;
}

void SinkBatches::Add(Xapian::docid docid, double weight) {
  docids_.push_back(docid);
  weights_.push_back(weight);
  if (docids_.size() == kMostInBatch) Show();
}

void SinkBatches::Show() {
  if (docids_.empty()) return;
  full_ = true;
  for (MatchSink* sink : sinks_) {
    if (!begun_) sink->BeginShard(shard_);
    sink->Take({docids_, weights_});
    full_ = full_ && sink->Full();
  }
  begun_ = true;
  docids_.clear();
  weights_.clear();
}

}  // namespace broadsheet::search
