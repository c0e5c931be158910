#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "broadsheet/v1/search.pb.h"
#include "search/match/measures.h"
#include "search/query/facet_spec.h"

namespace broadsheet::search {

// One value and how many articles have it.
struct TermsBucket {
  std::string_view value;
  int64_t count = 0;
  uint32_t number = 0;  // for measures
};

// Whether a value is one that the facet asks for.
bool IsWanted(const FacetSpec& spec, std::string_view value);

// Fills buckets, distinct and other counts: the first `limit` buckets in the order asked for. `measures` may be null.
void FillTerms(const FacetSpec& spec, std::vector<TermsBucket> buckets, const Measures* measures,
               v1::FacetResult& result);

}  // namespace broadsheet::search
