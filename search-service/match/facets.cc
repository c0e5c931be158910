#include "search/match/facets.h"

#include <algorithm>
#include <map>
#include <utility>

namespace broadsheet::search {

void FacetSink::Add(const FacetSpec& spec, v1::FacetResult& result) {
  facets_.push_back({&spec, &result, MakeFacetCounter(spec)});
}

void FacetSink::BeginShard(const ShardView& shard) {
  for (Facet& facet : facets_)
    facet.counter->BeginShard(shard);
}

void FacetSink::Take(const Batch& batch) {
  auto docids = batch.docids;
  if (budget_ > 0 && considered_ + static_cast<int64_t>(docids.size()) > budget_) {
    docids = docids.first(static_cast<size_t>(budget_ - considered_));
    cut_ = true;
  }
  considered_ += static_cast<int64_t>(docids.size());
  for (Facet& facet : facets_)
    facet.counter->Count(docids);
}

absl::Status FacetSink::Finish() {
  for (Facet& facet : facets_) {
    auto result = facet.counter->Finish();
    if (!result.ok()) return result.status();
    *facet.result = *std::move(result);
    facet.result->set_name(facet.spec->name);
    facet.result->set_field(std::string(facet.spec->field->name));
    facet.result->set_considered(considered_);
    facet.result->set_exact(!cut_);
  }
  return absl::OkStatus();
}

std::vector<FacetGroup> GroupFacets(const std::vector<FacetSpec>& specs, int64_t budget,
                                    std::vector<v1::FacetResult>& results) {
  std::map<std::set<std::string>, std::unique_ptr<FacetSink>> sinks;
  for (size_t i = 0; i < specs.size(); ++i) {
    auto& sink = sinks[specs[i].excluded_filter_fields];
    if (sink == nullptr) sink = std::make_unique<FacetSink>(budget);
    sink->Add(specs[i], results[i]);
  }
  std::vector<FacetGroup> groups;
  for (auto& [fields, sink] : sinks)
    groups.push_back({fields, std::move(sink)});
  return groups;
}

}  // namespace broadsheet::search
