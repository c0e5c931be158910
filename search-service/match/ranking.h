#pragma once

#include <cstdint>

#include "common/base/call_context.h"
#include "search/match/bm25.h"
#include "search/query/search_query.h"
#include "xapian.h"

// How relevance is computed, in one place.
namespace broadsheet::search {

inline constexpr double kBm25K1 = 1.5;             // how soon repetition of a word stops to count
inline constexpr double kBm25B = 0.75;             // how much a long article is held against it
inline constexpr double kBm25MinimalLength = 0.5;  // of the average: shorter articles count as this long

inline constexpr Bm25Parameters kBm25 = {kBm25K1, kBm25B, kBm25MinimalLength};

inline Xapian::BM25Weight Bm25() {
  return {kBm25K1, 0, 1, kBm25B, kBm25MinimalLength};
}

// The same, and it throws a StatusException soon after the call's deadline or cancellation, as DeadlineSource does, but
// costs nothing that can be measured, where the posting source costs a tenth or more of a match of words.
class TimedBm25 : public Xapian::BM25Weight {
 public:
  explicit TimedBm25(CallContext context)
      : Xapian::BM25Weight(kBm25K1, 0, 1, kBm25B, kBm25MinimalLength), context_(std::move(context)) {}

  double get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount words) const override;

 private:
  TimedBm25* clone() const override { return new TimedBm25(context_); }

  const CallContext context_;
  mutable uint32_t weighed_ = 0;
};

// Whether the weights alone, these or LengthWeights, stop a match of this query in time: it has words only, so that
// nearly every candidate is weighed. Phrases, prefixes, what must be absent, body words and filters do work before
// anything is weighed.
bool WeightsKeepTime(const SearchQuery& query);

}  // namespace broadsheet::search
