#include "search/match/sweep.h"

#include <algorithm>
#include <string>

#include "search/match/deadline_source.h"
#include "search/match/ranking.h"

namespace broadsheet::search {
namespace {

constexpr size_t kBatch = 512;

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

class SweepSpy : public Xapian::MatchSpy {
 public:
  SweepSpy(const ColumnSet& columns, const Xapian::docid& shard, std::span<MatchSink* const> sinks)
      : columns_(columns), shard_(shard), sinks_(sinks) {
    docids_.reserve(kBatch);
    weights_.reserve(kBatch);
  }

  void operator()(const Xapian::Document& document, double weight) override {
    if (docids_.size() == kBatch || shard_ != begun_) Show();
    begun_ = shard_;
    docids_.push_back(document.get_docid());
    weights_.push_back(weight);
  }

  void Show() {
    if (docids_.empty()) return;
    const ShardView view{columns_[begun_].get(), begun_, static_cast<Xapian::docid>(columns_.size())};
    bool full = true;
    for (MatchSink* sink : sinks_) {
      if (begun_ != shown_) sink->BeginShard(view);
      sink->Take({docids_, weights_});
      full = full && sink->Full();
    }
    shown_ = begun_;
    docids_.clear();
    weights_.clear();
    if (full) throw Enough();
  }

 private:
  static constexpr Xapian::docid kNoShard = ~Xapian::docid{0};

  const ColumnSet& columns_;
  const Xapian::docid& shard_;  // of the match that is shown
  const std::span<MatchSink* const> sinks_;
  Xapian::docid begun_ = kNoShard;  // shard of what waits
  Xapian::docid shown_ = kNoShard;  // shard that the sinks are in
  std::vector<Xapian::docid> docids_;
  std::vector<double> weights_;
};

}  // namespace

void Sweep(const Xapian::Query& matching, bool weighted, Reader& reader, const ColumnSet& columns,
           const CallContext& context, std::span<MatchSink* const> sinks) {
  Xapian::docid shard = 0;
  DeadlineSource* source = columns.size() > 1 ? new ShardSource(context, columns, shard) : new DeadlineSource(context);
  Xapian::Enquire enquire(reader.database());
  enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, matching, Xapian::Query(source->release())));
  if (weighted) {
    enquire.set_weighting_scheme(Bm25());
  } else {
    enquire.set_weighting_scheme(Xapian::BoolWeight());
  }
  SweepSpy spy(columns, shard, sinks);
  enquire.add_matchspy(&spy);
  try {
    enquire.get_mset(0, 0, reader.database().get_doccount());
    spy.Show();
  } catch (const Enough&) {
    return;
  }
}

}  // namespace broadsheet::search
