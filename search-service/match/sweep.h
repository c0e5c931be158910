#pragma once

#include <span>
#include <vector>

#include "common/base/call_context.h"
#include "search/columns/shard_columns.h"
#include "search/columns/shard_docid.h"
#include "search/index/reader.h"
#include "xapian.h"

namespace broadsheet::search {

// A shard while its matches are looked at.
struct ShardView {
  // The docid in the snapshot of a docid of the shard.
  Xapian::docid InSnapshot(Xapian::docid docid) const { return search::InSnapshot({index, docid}, count); }

  const ShardColumns* columns = nullptr;
  Xapian::docid index = 0;  // of the shard
  Xapian::docid count = 1;  // of shards
};

// Some matches of one shard.
struct Batch {
  std::span<const Xapian::docid> docids;  // of the shard
  std::span<const double> weights;        // of each, rounded; 0 when the sweep is without weights
};

// Is shown every match of a query, many at a time. Not thread-safe.
class MatchSink {
 public:
  virtual ~MatchSink() = default;

  // What is taken next is of this shard. Every shard that has a match comes once, in order.
  virtual void BeginShard(const ShardView& shard) = 0;

  virtual void Take(const Batch& batch) = 0;

  // Whether it needs no more.
  virtual bool Full() const { return false; }
};

// Shows sinks every match of an Enquire; for one match. `columns` are those of the snapshot; all must outlive it.
class SinkSpy : public Xapian::MatchSpy {
 public:
  SinkSpy(const ColumnSet& columns, const CallContext& context, std::span<MatchSink* const> sinks);

  // What the Enquire has to match in the place of `matching`: it stops at the deadline (deadline_source.h), and the spy
  // knows in which shard it is.
  Xapian::Query Watch(const Xapian::Query& matching);

  void operator()(const Xapian::Document& document, double weight) override;

  // Shows what was held back: also when the match is done.
  void Show();

  // Whether no sink needs more.
  bool full() const { return full_; }

 private:
  static constexpr Xapian::docid kNoShard = ~Xapian::docid{0};

  const ColumnSet& columns_;
  const CallContext& context_;
  const std::span<MatchSink* const> sinks_;
  Xapian::docid shard_ = 0;         // of the match that is shown
  Xapian::docid begun_ = kNoShard;  // shard of what waits
  Xapian::docid shown_ = kNoShard;  // shard that the sinks are in
  std::vector<Xapian::docid> docids_;
  std::vector<double> weights_;
  bool full_ = false;
};

// Shows every match of `matching` to every sink; stops when all are full. `columns` are those of the reader's snapshot.
// Without weights what costs most in a match, the lengths of the articles, is not read. It stops at the deadline:
// StatusException; Xapian's exceptions pass through (CatchXapian).
void Sweep(const Xapian::Query& matching, bool weighted, Reader& reader, const ColumnSet& columns,
           const CallContext& context, std::span<MatchSink* const> sinks);

}  // namespace broadsheet::search
