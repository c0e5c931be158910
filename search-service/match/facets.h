#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "broadsheet/v1/search.pb.h"
#include "search/match/facet_counter.h"
#include "xapian.h"

namespace broadsheet::search {

// Counts the facets of one set of filters: shown every match of a query, it reads their value slots and counts them.
// It works over any number of shards, since it asks the document and never its docid. (Ordinals held in memory by
// shard and revision would take the place of Document::get_value: this is the only line that reads slots.)
class FacetSpy : public Xapian::MatchSpy {
 public:
  // `spec` and `result` must outlive the spy.
  void Add(const FacetSpec& spec, v1::FacetResult& result);

  void operator()(const Xapian::Document& document, double weight) override;

  // Fills the results. Errors as FacetCounter::Finish.
  absl::Status Finish();

  bool empty() const { return facets_.empty(); }

  // Matches seen so far.
  int64_t considered() const { return considered_; }

 private:
  struct Facet {
    const FacetSpec* spec;
    v1::FacetResult* result;
    std::unique_ptr<FacetCounter> counter;
  };

  std::vector<Facet> facets_;
  int64_t considered_ = 0;
};

// The facets that leave out the same filters, and the fields of those filters.
struct FacetGroup {
  std::set<std::string> excluded_fields;
  std::unique_ptr<FacetSpy> spy;
};

// One group for each different set of excluded fields. The group of the matches themselves, which leaves out nothing,
// comes first; it is there when one of its facets is, or when `count_all`. `results` has one element for each spec,
// filled by the spies. Specs and results must outlive the groups.
std::vector<FacetGroup> GroupFacets(const std::vector<FacetSpec>& specs, bool count_all,
                                    std::vector<v1::FacetResult>& results);

// Shows every match of `matching` to the spy. Xapian's exceptions pass through.
void ShowAllMatches(const Xapian::Query& matching, const Xapian::Database& database, FacetSpy& spy);

}  // namespace broadsheet::search
