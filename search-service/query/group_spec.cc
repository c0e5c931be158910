#include "search/query/group_spec.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"

namespace broadsheet::search {
namespace {

bool HasSingleValue(const Field& field) {
  return field.facetable && field.encoding == SlotEncoding::kString;
}

absl::Status NoSuchField(std::string_view reason, const std::string& path, const std::string& name, bool copies) {
  std::vector<std::string> known;
  for (const Field& field : Fields()) {
    if (HasSingleValue(field)) known.emplace_back(field.name);
  }
  if (copies) known.emplace_back(kCopiesGroup);
  return InvalidField(reason, path + ".field",
                      absl::StrCat(name.empty() ? "is missing" : absl::StrCat("\"", name, "\" has no single value"),
                                   ": use one of ", absl::StrJoin(known, ", ")));
}

}  // namespace

absl::StatusOr<std::optional<GroupSpec>> ParseGroup(const v1::SearchRequest& request) {
  if (!request.has_group()) return std::nullopt;
  const v1::GroupSpec& asked = request.group();
  GroupSpec spec;
  if (asked.field() != kCopiesGroup) {
    spec.field = FindField(asked.field());
    if (spec.field == nullptr || !HasSingleValue(*spec.field)) {
      return NoSuchField("GROUP_FIELD", "group", asked.field(), true);
    }
  }
  if (asked.hits_per_group() < 0 || asked.hits_per_group() > kMaxHitsPerGroup) {
    return InvalidField("GROUP_HITS", "group.hits_per_group",
                        absl::StrCat("must be 1 to ", kMaxHitsPerGroup, ", or 0 for 1"));
  }
  if (asked.hits_per_group() > 0) spec.hits = asked.hits_per_group();
  return spec;
}

absl::StatusOr<std::optional<FairnessSpec>> ParseFairness(const v1::SearchRequest& request) {
  if (!request.has_fairness()) return std::nullopt;
  if (request.has_group()) {
    return InvalidField("GROUP_AND_FAIRNESS", "fairness",
                        "goes with single hits only: leave it out, or leave out group");
  }
  const v1::FairnessSpec& asked = request.fairness();
  FairnessSpec spec;
  spec.field = FindField(asked.field());
  if (spec.field == nullptr || !HasSingleValue(*spec.field)) {
    return NoSuchField("FAIRNESS_FIELD", "fairness", asked.field(), false);
  }
  if (asked.max_per_page() < 1 || asked.max_per_page() > kMaxFairHits) {
    return InvalidField("FAIRNESS_MAX", "fairness.max_per_page", absl::StrCat("must be 1 to ", kMaxFairHits));
  }
  spec.max_per_page = asked.max_per_page();
  return spec;
}

}  // namespace broadsheet::search
