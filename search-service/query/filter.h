#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "common/schema/field.h"
#include "search/query/query_syntax.h"

namespace broadsheet::search {

inline constexpr int kMaxFilterDepth = 8;
inline constexpr int kMaxFilterConditions = 256;
inline constexpr int kMaxFilterValues = 1'024;

enum class FilterKind { kIn, kNotIn, kExists, kTimeRange, kNumberRange, kAllOf, kAnyOf, kNoneOf };

// A v1::Filter that has been checked: every field exists and can do what is asked of it.
struct Filter {
  FilterKind kind = FilterKind::kAllOf;

  // Conditions.
  const Field* field = nullptr;     // null for attributes
  std::string attribute;            // the KEY of attributes.KEY
  std::vector<std::string> values;  // kIn, kNotIn
  // kTimeRange and kNumberRange, both inclusive; times in microseconds. An empty range (min > max) matches nothing.
  int64_t min = 0;
  int64_t max = 0;

  // Combinations.
  std::vector<Filter> children;

  // "source", "attributes.desk".
  std::string FieldName() const;
};

// Checks a filter. INVALID_ARGUMENT naming the path from the
// request ("filter.all_of.filters[2].in_values.field"), the limit and the way out.
absl::StatusOr<Filter> ParseFilter(const v1::Filter& filter);

// The filter less the conditions that a multi-select facet leaves out: those at its top, and inside all_of there, whose
// fields are all in `excluded`. Nothing when no condition is left.
std::optional<Filter> WithoutFields(const Filter& filter, const std::set<std::string>& excluded);

// What articles must be to fulfil the filter, if any, and the days that the query names.
std::optional<Filter> WithDays(std::optional<Filter> filter, const std::vector<DaysCondition>& days);

// Whether `name` is a field that some filter can be about.
bool IsFilterField(const std::string& name);

}  // namespace broadsheet::search
