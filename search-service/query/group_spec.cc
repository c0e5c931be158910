#include "search/query/group_spec.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"

namespace broadsheet::search {
namespace {

// Why articles cannot be told apart by a field; empty when they can.
std::string_view WhyNot(const Field* field) {
  if (field == nullptr) return "is no field whose values are at hand";
  switch (field->id) {
    case FieldId::kId:
    case FieldId::kUrl:
    case FieldId::kSequence:
      return "is different for every article";
    case FieldId::kDuplicateOf:
    case FieldId::kCopyOf:
    case FieldId::kOriginal:
      return "says what an article is a copy of, which copies go by";
    default:
      break;
  }
  if (field->type == FieldType::kText) return "is text";
  if (field->repeated) return "has several values for one article, which would stand in several places";
  return field->facetable ? "" : "has no values at hand";
}

absl::Status NoSuchField(std::string_view reason, const std::string& path, const std::string& name, bool copies) {
  std::vector<std::string> known;
  for (const Field& field : Fields()) {
    if (WhyNot(&field).empty()) known.emplace_back(field.name);
  }
  if (copies) known.emplace_back(kCopiesGroup);
  return InvalidField(
      reason, path + ".field",
      absl::StrCat(name.empty() ? "is missing" : absl::StrCat("\"", name, "\" ", std::string(WhyNot(FindField(name)))),
                   ": use one of ", absl::StrJoin(known, ", ")));
}

}  // namespace

bool IsGroupable(const Field& field) {
  return WhyNot(&field).empty();
}

absl::StatusOr<std::optional<GroupSpec>> ParseGroup(const v1::SearchRequest& request) {
  if (!request.has_group()) return std::nullopt;
  const v1::GroupSpec& asked = request.group();
  GroupSpec spec;
  if (asked.field() != kCopiesGroup) {
    spec.field = FindField(asked.field());
    if (!WhyNot(spec.field).empty()) {
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
  if (!WhyNot(spec.field).empty()) {
    return NoSuchField("FAIRNESS_FIELD", "fairness", asked.field(), false);
  }
  if (asked.max_per_page() < 1 || asked.max_per_page() > kMaxFairHits) {
    return InvalidField("FAIRNESS_MAX", "fairness.max_per_page", absl::StrCat("must be 1 to ", kMaxFairHits));
  }
  spec.max_per_page = asked.max_per_page();
  return spec;
}

}  // namespace broadsheet::search
