#include "search/match/newest_first.h"

#include <cmath>

#include "search/match/sweep.h"

namespace broadsheet::search {
namespace {

constexpr Xapian::doccount kMany = 5 * kCountedMatches;

// Of one shard.
class Newest : public MatchSink {
 public:
  // `counted`: 0 when all have to be seen.
  Newest(DatePager& pager, int64_t counted) : pager_(pager), counted_(counted) {}

  void BeginShard(const ShardView& shard) override { pager_.BeginShard(shard); }

  void Take(const Batch& batch) override {
    pager_.Take(batch);
    count_ += static_cast<int64_t>(batch.docids.size());
    last_ = batch.docids.back();
  }

  bool Full() const override { return counted_ > 0 && count_ >= counted_ && pager_.passed(); }

  int64_t count() const { return count_; }
  Xapian::docid last() const { return last_; }

 private:
  DatePager& pager_;
  const int64_t counted_;
  int64_t count_ = 0;
  Xapian::docid last_ = 0;
};

}  // namespace

bool AsksForNewest(const SearchQuery& query) {
  const bool all = query.exact_total || !query.facets.empty() || query.group.has_value() || query.fairness.has_value();
  return query.order == v1::ORDER_NEWEST && !all;
}

bool IsWorthwhile(const Xapian::Query& matching, const Reader& reader) {
  int64_t sealed = 0;
  for (const OpenShard& shard : reader.shards())
    if (shard.entry.state == ShardState::kSealed) sealed += shard.database.get_doccount();
  if (2 * sealed < reader.database().get_doccount()) return false;
  Xapian::Enquire enquire(reader.database());
  enquire.set_query(matching);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  return enquire.get_mset(0, 0).get_matches_estimated() >= kMany;
}

v1::Total ShowNewest(const Xapian::Query& matching, Reader& reader, const ColumnSet& columns,
                     const CallContext& context, DatePager& pager, int64_t counted) {
  double total = 0;
  bool exact = true;
  for (const OpenShard& shard : reader.shards()) {
    const bool in_order = shard.entry.state == ShardState::kSealed;
    Newest newest(pager, in_order ? counted : 0);
    MatchSink* const sink = &newest;
    const bool whole = SweepShard(matching, shard.database, columns, context, {&sink, 1});
    const double seen = whole ? 1 : static_cast<double>(newest.last()) / shard.database.get_lastdocid();
    total += static_cast<double>(newest.count()) / seen;
    exact = exact && whole;
  }
  v1::Total shown;
  shown.set_value(std::llround(total));
  shown.set_relation(exact ? v1::TOTAL_RELATION_EXACT : v1::TOTAL_RELATION_ESTIMATE);
  return shown;
}

}  // namespace broadsheet::search
