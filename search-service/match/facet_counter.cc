#include "search/match/facet_counter.h"

#include "search/match/date_histogram.h"
#include "search/match/number_stats.h"
#include "search/match/path_counter.h"
#include "search/match/range_counter.h"
#include "search/match/terms_counter.h"

namespace broadsheet::search {

std::unique_ptr<FacetCounter> MakeFacetCounter(const FacetSpec& spec) {
  switch (spec.kind) {
    case FacetKind::kTerms:
      if (spec.hierarchy.has_value() || spec.measured()) return std::make_unique<PathCounter>(spec);
      return std::make_unique<TermsCounter>(spec);
    case FacetKind::kDateHistogram:
      return std::make_unique<DateHistogram>(spec);
    case FacetKind::kNumberRanges:
    case FacetKind::kTimeRanges:
      return std::make_unique<RangeCounter>(spec);
    case FacetKind::kNumberStats:
      return std::make_unique<NumberStats>(spec);
  }
  return nullptr;
}

}  // namespace broadsheet::search
