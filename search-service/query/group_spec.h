#pragma once

#include <optional>
#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "common/schema/field.h"

namespace broadsheet::search {

inline constexpr int kMaxHitsPerGroup = 10;
inline constexpr int kMaxFairHits = 100;
inline constexpr std::string_view kCopiesGroup = "copies";  // an article together with its copies

// A v1::GroupSpec that has been checked.
struct GroupSpec {
  const Field* field = nullptr;  // facetable, with a single value; null: an article together with its copies
  int hits = 1;                  // of each group
};

// A v1::FairnessSpec that has been checked.
struct FairnessSpec {
  const Field* field = nullptr;  // facetable, with a single value, never null
  int max_per_page = 0;
};

// Whether articles can be told apart by a field's value: it has a column, and an article at most one value of its own.
bool IsGroupable(const Field& field);

// Checks the groups or the fairness of a request; nothing when it asks for none. INVALID_ARGUMENT naming the field, the
// limit and the way out.
absl::StatusOr<std::optional<GroupSpec>> ParseGroup(const v1::SearchRequest& request);
absl::StatusOr<std::optional<FairnessSpec>> ParseFairness(const v1::SearchRequest& request);

}  // namespace broadsheet::search
