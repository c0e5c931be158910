#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "broadsheet/v1/search.pb.h"
#include "search/match/facet_counter.h"
#include "search/match/sweep.h"

namespace broadsheet::search {

// Counts the facets of one set of filters over the matches that it is shown.
class FacetSink : public MatchSink {
 public:
  // `budget`: counts no more matches than this; 0: all.
  explicit FacetSink(int64_t budget) : budget_(budget) {}

  // `spec` and `result` must outlive the sink.
  void Add(const FacetSpec& spec, v1::FacetResult& result);

  void BeginShard(const ShardView& shard) override;
  void Take(const Batch& batch) override;
  bool Full() const override { return cut_; }

  // Fills the results. Errors as FacetCounter::Finish.
  absl::Status Finish();

 private:
  struct Facet {
    const FacetSpec* spec;
    v1::FacetResult* result;
    std::unique_ptr<FacetCounter> counter;
  };

  const int64_t budget_;
  std::vector<Facet> facets_;
  int64_t considered_ = 0;
  bool cut_ = false;
};

// The facets that leave out the same filters, and the fields of those filters.
struct FacetGroup {
  std::set<std::string> excluded_fields;
  std::unique_ptr<FacetSink> sink;
};

// One group for each different set of excluded fields; that of the matches themselves, which leaves out nothing, comes
// first when there is one. `results` has one element for each spec, filled by the sinks. Specs and results must outlive
// the groups.
std::vector<FacetGroup> GroupFacets(const std::vector<FacetSpec>& specs, int64_t budget,
                                    std::vector<v1::FacetResult>& results);

}  // namespace broadsheet::search
