#include "search/match/sweep.h"

#include <algorithm>
#include <string>

#include "search/match/best_matches.h"
#include "search/match/deadline_source.h"
#include "search/match/ranking.h"

namespace broadsheet::search {
namespace {

struct Enough {};  // thrown through the engine when all sinks are full: nothing else ends a match early

// A spy knows the docid in the shard and not the shard. Candidates pass this source before they are shown to spies, and
// each shard has one of its own, so the last one that was asked tells.
class ShardSource : public DeadlineSource {
 public:
  ShardSource(const CallContext& context, const ColumnSet& columns, Xapian::docid& current)
      : DeadlineSource(context), context_(context), columns_(columns), current_shard_(current) {}

  PostingSource* clone() const override { return new ShardSource(context_, columns_, current_shard_); }

  void init(const Xapian::Database& database) override {
    shard_ = static_cast<Xapian::docid>(PlaceOf(columns_, database));
    DeadlineSource::init(database);
  }

  void next(double min_weight) override {
    current_shard_ = shard_;
    DeadlineSource::next(min_weight);
  }
  void skip_to(Xapian::docid docid, double min_weight) override {
    current_shard_ = shard_;
    DeadlineSource::skip_to(docid, min_weight);
  }
  bool check(Xapian::docid docid, double min_weight) override {
    current_shard_ = shard_;
    return DeadlineSource::check(docid, min_weight);
  }

 private:
  const CallContext context_;
  const ColumnSet& columns_;
  Xapian::docid& current_shard_;
  Xapian::docid shard_ = 0;
};

// Ends the match when all sinks are full.
class SweepSpy : public SinkSpy {
 public:
  using SinkSpy::SinkSpy;

  void operator()(const Xapian::Document& document, double weight) override {
    SinkSpy::operator()(document, weight);
    if (full()) throw Enough();
  }
};

// False when the sinks were full before the end.
bool ShowAll(const Xapian::Query& watched, Xapian::doccount documents, Xapian::Enquire& enquire, SweepSpy& spy) {
  enquire.set_query(watched);
  enquire.add_matchspy(&spy);
  try {
    enquire.get_mset(0, 0, documents);
    spy.Show();
    return true;
  } catch (const Enough&) {
    return false;
  }
}

}  // namespace

SinkSpy::SinkSpy(const ColumnSet& columns, const CallContext& context, std::span<MatchSink* const> sinks)
    : columns_(columns), context_(context), batches_(sinks) {}

Xapian::Query SinkSpy::Watch(const Xapian::Query& matching) {
  if (columns_.size() <= 1) return WithDeadline(matching, context_);
  const Xapian::Query watched((new ShardSource(context_, columns_, shard_))->release());
  return {Xapian::Query::OP_FILTER, matching, watched};
}

void SinkSpy::operator()(const Xapian::Document& document, double weight) {
  if (shard_ != begun_) batches_.Begin({columns_[shard_].get(), shard_, static_cast<Xapian::docid>(columns_.size())});
  begun_ = shard_;
  batches_.Add(document.get_docid(), RoundedWeight(weight));
}

void Sweep(const Xapian::Query& matching, bool weighted, Reader& reader, const ColumnSet& columns,
           const CallContext& context, std::span<MatchSink* const> sinks) {
  SweepSpy spy(columns, context, sinks);
  Xapian::Enquire enquire(reader.database());
  if (weighted) {
    enquire.set_weighting_scheme(Bm25());
  } else {
    enquire.set_weighting_scheme(Xapian::BoolWeight());
  }
  ShowAll(spy.Watch(matching), reader.database().get_doccount(), enquire, spy);
}

bool SweepShard(const Xapian::Query& matching, const Xapian::Database& shard, const ColumnSet& columns,
                const CallContext& context, std::span<MatchSink* const> sinks) {
  SweepSpy spy(columns, context, sinks);
  Xapian::Enquire enquire(shard);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  return ShowAll(spy.Watch(matching), shard.get_doccount(), enquire, spy);
}

}  // namespace broadsheet::search
