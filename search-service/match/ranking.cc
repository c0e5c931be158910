#include "search/match/ranking.h"

#include <algorithm>

#include "common/index/xapian_status.h"
#include "search/index/caller.h"

namespace broadsheet::search {
namespace {

constexpr uint32_t kWeighedPerLook = 64;

bool IsWords(const QueryNode& node) {
  if (node.kind == NodeKind::kWord) return node.field == nullptr || node.field->id != FieldId::kBody;
  bool combines = node.kind == NodeKind::kAll || node.kind == NodeKind::kAny || node.kind == NodeKind::kExpanded;
  return combines && std::all_of(node.children.begin(), node.children.end(), IsWords);
}

}  // namespace

double TimedBm25::get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount words) const {
  if (++weighed_ % kWeighedPerLook == 0) {
    if (auto waits = CheckCaller(context_); !waits.ok()) throw StatusException{waits};
  }
  return Xapian::BM25Weight::get_sumpart(wdf, length, words);
}

bool WeightsKeepTime(const SearchQuery& query) {
  return query.order == v1::ORDER_RELEVANCE && !query.filter.has_value() && query.text.root.has_value() &&
         IsWords(*query.text.root);
}

}  // namespace broadsheet::search
