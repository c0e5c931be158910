#include "search/match/facets.h"

#include <map>
#include <utility>

namespace broadsheet::search {

void FacetSpy::Add(const FacetSpec& spec, v1::FacetResult& result) {
  facets_.push_back({&spec, &result, MakeFacetCounter(spec)});
}

void FacetSpy::operator()(const Xapian::Document& document, double) {
  ++considered_;
  for (Facet& facet : facets_)
    facet.counter->Count(document.get_value(facet.spec->field->slot));
}

absl::Status FacetSpy::Finish() {
  for (Facet& facet : facets_) {
    auto result = facet.counter->Finish();
    if (!result.ok()) return result.status();
    *facet.result = *std::move(result);
    facet.result->set_name(facet.spec->name);
    facet.result->set_field(std::string(facet.spec->field->name));
    facet.result->set_considered(considered_);
    facet.result->set_exact(true);
  }
  return absl::OkStatus();
}

std::vector<FacetGroup> GroupFacets(const std::vector<FacetSpec>& specs, bool count_all,
                                    std::vector<v1::FacetResult>& results) {
  std::map<std::set<std::string>, std::unique_ptr<FacetSpy>> spies;
  if (count_all) spies[{}] = std::make_unique<FacetSpy>();
  for (size_t i = 0; i < specs.size(); ++i) {
    auto& spy = spies[specs[i].excluded_filter_fields];
    if (spy == nullptr) spy = std::make_unique<FacetSpy>();
    spy->Add(specs[i], results[i]);
  }
  std::vector<FacetGroup> groups;
  for (auto& [fields, spy] : spies)
    groups.push_back({fields, std::move(spy)});
  return groups;
}

// Without weights: what costs most in a match, the lengths of the articles, is not read.
void ShowAllMatches(const Xapian::Query& matching, const Xapian::Database& database, FacetSpy& spy) {
  Xapian::Enquire enquire(database);
  enquire.set_query(matching);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.add_matchspy(&spy);
  enquire.get_mset(0, 0, database.get_doccount());
}

}  // namespace broadsheet::search
