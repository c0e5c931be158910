#include "search/match/ranking.h"

#include "search/index/caller.h"
#include "search/match/word_sweep.h"

namespace broadsheet::search {
namespace {

constexpr uint32_t kWeighedPerLook = 64;

}  // namespace

double TimedBm25::get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount words) const {
  if (++weighed_ % kWeighedPerLook == 0) {
    ThrowUnlessWaiting(context_);
  }
  return Xapian::BM25Weight::get_sumpart(wdf, length, words);
}

bool WeightsKeepTime(const SearchQuery& query) {
  return query.order == v1::ORDER_RELEVANCE && !query.filter.has_value() && query.text.root.has_value() &&
         HasWordsOnly(*query.text.root);
}

}  // namespace broadsheet::search
