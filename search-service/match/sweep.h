#pragma once

#include <span>

#include "common/base/call_context.h"
#include "search/columns/shard_columns.h"
#include "search/index/reader.h"
#include "search/match/match_sink.h"
#include "search/match/sink_batches.h"
#include "xapian.h"

namespace broadsheet::search {

// Shows sinks every match of an Enquire; for one match. `columns` are those of the snapshot; all must outlive it.
class SinkSpy : public Xapian::MatchSpy {
 public:
  SinkSpy(const ColumnSet& columns, const CallContext& context, std::span<MatchSink* const> sinks);

  // What the Enquire has to match in the place of `matching`: it stops at the deadline (deadline_source.h), and the spy
  // knows in which shard it is.
  Xapian::Query Watch(const Xapian::Query& matching);

  void operator()(const Xapian::Document& document, double weight) override;

  // Shows what was held back: when the match is done.
  void Show() { batches_.Show(); }

  // Whether no sink needs more.
  bool full() const { return batches_.full(); }

 private:
  static constexpr Xapian::docid kNoShard = ~Xapian::docid{0};

  const ColumnSet& columns_;
  const CallContext& context_;
  SinkBatches batches_;
  Xapian::docid shard_ = 0;         // of the match that is shown
  Xapian::docid begun_ = kNoShard;  // of those that wait
};

// Shows every match of `matching` to every sink; stops when all are full. `columns` are those of the reader's snapshot.
// Without weights what costs most in a match, the lengths of the articles, is not read. It stops at the deadline:
// StatusException; Xapian's exceptions pass through (CatchXapian).
void Sweep(const Xapian::Query& matching, bool weighted, Reader& reader, const ColumnSet& columns,
           const CallContext& context, std::span<MatchSink* const> sinks);

// The same without weights and of one shard of that snapshot. False when it was left before its end.
bool SweepShard(const Xapian::Query& matching, const Xapian::Database& shard, const ColumnSet& columns,
                const CallContext& context, std::span<MatchSink* const> sinks);

}  // namespace broadsheet::search
