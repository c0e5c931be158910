#include "search/query/filter.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "search/query/bounds.h"

namespace broadsheet::search {
namespace {

constexpr std::string_view kDefaultTimeField = "published_time";

bool IsAttribute(std::string_view name) {
  return name.starts_with(kAttributeFieldPrefix) && name.size() > kAttributeFieldPrefix.size();
}

// What a condition can be about.
bool TakesValues(const Field& field) {
  return field.filterable && field.type == FieldType::kKeyword;
}
bool TakesTimes(const Field& field) {
  return field.filterable && field.type == FieldType::kTime;
}
bool TakesNumbers(const Field& field) {
  return field.filterable && field.type == FieldType::kNumber;
}

class FilterParser {
 public:
  absl::StatusOr<Filter> Parse(const v1::Filter& filter, const std::string& path, int depth) {
    if (depth > kMaxFilterDepth) {
      return InvalidField("FILTER_DEPTH", path, absl::StrCat("is nested deeper than ", kMaxFilterDepth, " filters"));
    }
    if (++conditions_ > kMaxFilterConditions) {
      return InvalidField("FILTER_CONDITIONS", path,
                          absl::StrCat("is one condition too many; the limit is ", kMaxFilterConditions,
                                       " in all: put values of one field into one in_values"));
    }
    switch (filter.condition_case()) {
      case v1::Filter::kInValues:
        return ParseValues(FilterKind::kIn, filter.in_values(), path + ".in_values");
      case v1::Filter::kNotInValues:
        return ParseValues(FilterKind::kNotIn, filter.not_in_values(), path + ".not_in_values");
      case v1::Filter::kExists:
        return ParseExists(filter.exists(), path + ".exists");
      case v1::Filter::kTimeRange:
        return ParseTimes(filter.time_range(), path + ".time_range");
      case v1::Filter::kNumberRange:
        return ParseNumbers(filter.number_range(), path + ".number_range");
      case v1::Filter::kAllOf:
        return ParseList(FilterKind::kAllOf, filter.all_of(), path + ".all_of.filters", depth);
      case v1::Filter::kAnyOf:
        return ParseList(FilterKind::kAnyOf, filter.any_of(), path + ".any_of.filters", depth);
      case v1::Filter::kNoneOf:
        return ParseList(FilterKind::kNoneOf, filter.none_of(), path + ".none_of.filters", depth);
      case v1::Filter::CONDITION_NOT_SET:
        break;
    }
    return InvalidField("FILTER_EMPTY", path,
                        "has no condition: give one of in_values, not_in_values, exists, time_range, number_range, "
                        "all_of, any_of, none_of");
  }

 private:
  template <typename Accepts>
  absl::StatusOr<Filter> About(FilterKind kind, const std::string& name, const std::string& path, Accepts accepts,
                               bool attributes) {
    Filter filter;
    filter.kind = kind;
    filter.field = FindField(name);
    if (filter.field != nullptr && accepts(*filter.field)) return filter;
    filter.field = nullptr;
    if (attributes && IsAttribute(name)) {
      filter.attribute = name.substr(kAttributeFieldPrefix.size());
      return filter;
    }
    std::vector<std::string> known;
    for (const Field& field : Fields()) {
      if (accepts(field)) known.emplace_back(field.name);
    }
    if (attributes) known.push_back("attributes.KEY");
    return InvalidField("FILTER_FIELD", path + ".field",
                        absl::StrCat(name.empty() ? "is missing" : absl::StrCat("\"", name, "\" cannot be used here"),
                                     ": use one of ", absl::StrJoin(known, ", ")));
  }

  absl::StatusOr<Filter> ParseValues(FilterKind kind, const v1::ValuesFilter& values, const std::string& path) {
    auto filter = About(kind, values.field(), path, TakesValues, true);
    if (!filter.ok()) return filter;
    if (values.values().empty()) return InvalidField("FILTER_VALUES", path + ".values", "is empty: give 1 to 1,024");
    values_ += values.values_size();
    if (values_ > kMaxFilterValues) {
      return InvalidField(
          "FILTER_VALUES", path + ".values",
          absl::StrCat("makes it ", values_, " values in all filters; the limit is ", kMaxFilterValues));
    }
    for (int i = 0; i < values.values_size(); ++i) {
      if (!values.values(i).empty()) continue;
      return InvalidField("FILTER_VALUES", absl::StrCat(path, ".values[", i, "]"),
                          "is empty: articles without a value are found by none_of with exists");
    }
    filter->values.assign(values.values().begin(), values.values().end());
    return filter;
  }

  absl::StatusOr<Filter> ParseExists(const v1::ExistsFilter& exists, const std::string& path) {
    return About(FilterKind::kExists, exists.field(), path, HasPresence, true);
  }

  absl::StatusOr<Filter> ParseTimes(const v1::TimeRangeFilter& range, const std::string& path) {
    std::string name = range.field().empty() ? std::string(kDefaultTimeField) : range.field();
    auto filter = About(FilterKind::kTimeRange, name, path, TakesTimes, false);
    if (!filter.ok()) return filter;
    auto bounds = ParseTimeBounds(range, path);
    if (!bounds.ok()) return bounds.status();
    filter->min = bounds->min;
    filter->max = bounds->max;
    return filter;
  }

  absl::StatusOr<Filter> ParseNumbers(const v1::NumberRangeFilter& range, const std::string& path) {
    auto filter = About(FilterKind::kNumberRange, range.field(), path, TakesNumbers, false);
    if (!filter.ok()) return filter;
    auto bounds = ParseNumberBounds(range, path);
    if (!bounds.ok()) return bounds.status();
    filter->min = bounds->min;
    filter->max = bounds->max;
    return filter;
  }

  absl::StatusOr<Filter> ParseList(FilterKind kind, const v1::FilterList& list, const std::string& path, int depth) {
    if (list.filters().empty()) return InvalidField("FILTER_EMPTY", path, "is empty: give 1 to 256 filters");
    Filter filter;
    filter.kind = kind;
    for (int i = 0; i < list.filters_size(); ++i) {
      auto child = Parse(list.filters(i), absl::StrCat(path, "[", i, "]"), depth + 1);
      if (!child.ok()) return child;
      filter.children.push_back(std::move(*child));
    }
    return filter;
  }

  int conditions_ = 0;
  int values_ = 0;
};

bool IsAbout(const Filter& filter, const std::set<std::string>& fields) {
  if (filter.children.empty()) return fields.contains(filter.FieldName());
  return std::all_of(filter.children.begin(), filter.children.end(),
                     [&](const Filter& child) { return IsAbout(child, fields); });
}

Filter FilterOf(const DaysCondition& condition) {
  const auto micros = [](absl::CivilDay day) { return absl::ToUnixMicros(absl::FromCivil(day, absl::UTCTimeZone())); };
  Filter range;
  range.kind = FilterKind::kTimeRange;
  range.field = condition.field;
  range.min = micros(condition.days.first);
  range.max = micros(condition.days.last);
  if (!condition.negated) return range;
  Filter none;
  none.kind = FilterKind::kNoneOf;
  none.children.push_back(std::move(range));
  return none;
}

}  // namespace

std::string Filter::FieldName() const {
  if (field != nullptr) return std::string(field->name);
  return absl::StrCat(std::string(kAttributeFieldPrefix), attribute);
}

absl::StatusOr<Filter> ParseFilter(const v1::Filter& filter) {
  return FilterParser().Parse(filter, "filter", 1);
}

std::optional<Filter> WithoutFields(const Filter& filter, const std::set<std::string>& excluded) {
  if (filter.kind != FilterKind::kAllOf) {
    return IsAbout(filter, excluded) ? std::nullopt : std::optional<Filter>(filter);
  }
  Filter rest = filter;
  rest.children.clear();
  for (const Filter& child : filter.children) {
    if (auto kept = WithoutFields(child, excluded)) rest.children.push_back(std::move(*kept));
  }
  if (rest.children.empty()) return std::nullopt;
  return rest;
}

std::optional<Filter> WithDays(std::optional<Filter> filter, const std::vector<DaysCondition>& days) {
  if (days.empty()) return filter;
  Filter all;
  all.kind = FilterKind::kAllOf;
  if (filter) all.children.push_back(*std::move(filter));
  for (const DaysCondition& condition : days)
    all.children.push_back(FilterOf(condition));
  return all;
}

bool IsFilterField(const std::string& name) {
  const Field* field = FindField(name);
  return field != nullptr ? field->filterable : IsAttribute(name);
}

}  // namespace broadsheet::search
