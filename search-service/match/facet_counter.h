#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "search/query/facet_spec.h"

namespace broadsheet::search {

// Counts one facet over articles, given its value slot of each. Not thread-safe.
class FacetCounter {
 public:
  virtual ~FacetCounter() = default;

  // One article, by the bytes of the facet's slot; empty when it has no value.
  virtual void Count(std::string_view slot) = 0;

  // The buckets, missing, distinct and other counts; name, field and considered are the caller's. INVALID_ARGUMENT
  // when there would be more buckets than allowed.
  virtual absl::StatusOr<v1::FacetResult> Finish() = 0;
};

// A counter for `spec`, which must outlive it.
std::unique_ptr<FacetCounter> MakeFacetCounter(const FacetSpec& spec);

}  // namespace broadsheet::search
