#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search.pb.h"
#include "common/schema/field.h"

namespace broadsheet::search {

inline constexpr int kMaxFacets = 16;
inline constexpr int kMaxFacetBuckets = 1'000;       // of a terms facet
inline constexpr int kMaxHistogramBuckets = 10'000;  // of a date histogram
inline constexpr int kMaxFacetRanges = 100;

inline constexpr int kMaxMeasuredFacets = 4;  // with measures, which remember what they saw
inline constexpr size_t kMaxFacetText = 256;  // bytes of a prefix, of a part of values, of a path
inline constexpr size_t kMaxSeparator = 8;    // bytes

enum class FacetKind { kTerms, kDateHistogram, kNumberRanges, kTimeRanges, kNumberStats };

// Values are paths.
struct Hierarchy {
  std::string separator = "/";
  std::vector<std::string> parent;  // the parts of the path to count below; none: the first parts are counted
};

// Both ends inclusive. Of times: in microseconds since 1970.
struct FacetRange {
  int64_t min = std::numeric_limits<int64_t>::min();
  int64_t max = std::numeric_limits<int64_t>::max();
};

// A v1::FacetSpec that has been checked, its defaults filled in.
struct FacetSpec {
  std::string name;
  const Field* field = nullptr;  // facetable, never null
  FacetKind kind = FacetKind::kTerms;

  // kTerms
  int limit = 10;
  bool by_value = false;  // in byte order of the values, else largest count first
  std::string prefix;     // folded
  std::string contains;   // folded
  std::optional<Hierarchy> hierarchy;

  // kDateHistogram
  v1::DateInterval interval = v1::DATE_INTERVAL_MONTH;
  absl::TimeZone time_zone = absl::UTCTimeZone();

  // kNumberRanges and kTimeRanges, in the order of the request, which also has their ends as asked.
  std::vector<FacetRange> ranges;

  // What each bucket counts beside articles.
  bool originals = false;
  bool sources = false;
  bool measured() const { return originals || sources; }

  std::set<std::string> excluded_filter_fields;  // as WithoutFields takes them
};

// The parts of a path, without the blanks around them; empty ones are none.
std::vector<std::string_view> PathParts(std::string_view path, std::string_view separator);

// Checks the facets of a request. INVALID_ARGUMENT naming the path ("facets[1].terms.limit"), the limit, the way out.
absl::StatusOr<std::vector<FacetSpec>> ParseFacets(const v1::SearchRequest& request);

}  // namespace broadsheet::search
