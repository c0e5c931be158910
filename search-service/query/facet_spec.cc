#include "search/query/facet_spec.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "common/text/unicode.h"
#include "search/query/bounds.h"
#include "search/query/filter.h"
#include "search/query/time_zone.h"

namespace broadsheet::search {
namespace {

using Kind = v1::FacetSpec::KindCase;

std::string FacetableFields() {
  std::vector<std::string> names;
  for (const Field& field : Fields()) {
    if (field.facetable) names.emplace_back(field.name);
  }
  return absl::StrJoin(names, ", ");
}

Kind DefaultKind(const Field& field) {
  if (field.type == FieldType::kTime) return v1::FacetSpec::kDateHistogram;
  return field.type == FieldType::kKeyword ? v1::FacetSpec::kTerms : v1::FacetSpec::KIND_NOT_SET;
}

bool FitsField(Kind kind, const Field& field) {
  switch (kind) {
    case v1::FacetSpec::kTerms:
      return field.type == FieldType::kKeyword;
    case v1::FacetSpec::kDateHistogram:
    case v1::FacetSpec::kTimeRanges:
      return field.type == FieldType::kTime;
    case v1::FacetSpec::kNumberRanges:
    case v1::FacetSpec::kNumberStats:
      return field.type == FieldType::kNumber;
    case v1::FacetSpec::KIND_NOT_SET:
      return false;
  }
  return false;
}

std::string_view KindsFor(const Field& field) {
  if (field.type == FieldType::kTime) return "date_histogram or time_ranges";
  return field.type == FieldType::kNumber ? "number_ranges or number_stats" : "terms";
}

absl::Status CheckBytes(const std::string& text, size_t limit, const std::string& path) {
  if (text.size() <= limit) return absl::OkStatus();
  return InvalidField("FACET_TEXT", path, absl::StrCat("has ", text.size(), " bytes; the limit is ", limit));
}

absl::Status ReadHierarchy(const v1::HierarchySpec& asked, const std::string& path, FacetSpec& spec) {
  if (auto fits = CheckBytes(asked.separator(), kMaxSeparator, path + ".separator"); !fits.ok()) return fits;
  if (auto fits = CheckBytes(asked.parent(), kMaxFacetText, path + ".parent"); !fits.ok()) return fits;
  Hierarchy& hierarchy = spec.hierarchy.emplace();
  if (!asked.separator().empty()) hierarchy.separator = asked.separator();
  if (absl::StripAsciiWhitespace(hierarchy.separator).empty()) {
    return InvalidField("FACET_SEPARATOR", path + ".separator", "is blank, and blanks around parts do not count");
  }
  for (std::string_view part : PathParts(asked.parent(), hierarchy.separator))
    hierarchy.parent.emplace_back(part);
  return absl::OkStatus();
}

absl::Status ReadTerms(const v1::TermsFacet& terms, const std::string& path, FacetSpec& spec) {
  if (terms.limit() < 0 || terms.limit() > kMaxFacetBuckets) {
    return InvalidField("FACET_LIMIT", path + ".limit",
                        absl::StrCat("must be 1 to ", kMaxFacetBuckets, ", or 0 for ", spec.limit));
  }
  if (terms.limit() > 0) spec.limit = terms.limit();
  if (!v1::FacetOrder_IsValid(terms.order())) {
    return InvalidField("FACET_ORDER", path + ".order", "is no order of facets");
  }
  spec.by_value = terms.order() == v1::FACET_ORDER_VALUE;
  if (auto fits = CheckBytes(terms.prefix(), kMaxFacetText, path + ".prefix"); !fits.ok()) return fits;
  if (auto fits = CheckBytes(terms.contains(), kMaxFacetText, path + ".contains"); !fits.ok()) return fits;
  spec.prefix = FoldForMatch(terms.prefix());
  spec.contains = FoldForMatch(terms.contains());
  return terms.has_hierarchy() ? ReadHierarchy(terms.hierarchy(), path + ".hierarchy", spec) : absl::OkStatus();
}

absl::Status ReadHistogram(const v1::DateHistogramFacet& histogram, const std::string& path, FacetSpec& spec) {
  if (!v1::DateInterval_IsValid(histogram.interval())) {
    return InvalidField("FACET_INTERVAL", path + ".interval", "is no interval");
  }
  if (histogram.interval() != v1::DATE_INTERVAL_UNSPECIFIED) spec.interval = histogram.interval();
  auto zone = ParseTimeZone(histogram.time_zone(), path + ".time_zone");
  if (!zone.ok()) return zone.status();
  if (spec.field->id == FieldId::kPublishedDay && *zone != absl::UTCTimeZone()) {
    return InvalidField("TIME_ZONE", path + ".time_zone",
                        "does not go with published_day, a day by the clock of each outlet: leave it out, or count by "
                        "published_time");
  }
  spec.time_zone = *zone;
  return absl::OkStatus();
}

template <typename Ranges, typename ParseRange>
absl::Status ReadRanges(const Ranges& ranges, const std::string& path, ParseRange parse, FacetSpec& spec) {
  if (ranges.empty() || ranges.size() > kMaxFacetRanges) {
    return InvalidField("FACET_RANGES", path + ".ranges",
                        absl::StrCat("has ", ranges.size(), " ranges: give 1 to ", kMaxFacetRanges));
  }
  for (int i = 0; i < ranges.size(); ++i) {
    auto bounds = parse(ranges[i], absl::StrCat(path, ".ranges[", i, "]"));
    if (!bounds.ok()) return bounds.status();
    spec.ranges.push_back({bounds->min, bounds->max});
  }
  return absl::OkStatus();
}

absl::Status ReadKind(const v1::FacetSpec& facet, Kind kind, const std::string& path, FacetSpec& spec) {
  switch (kind) {
    case v1::FacetSpec::kTerms:
      spec.kind = FacetKind::kTerms;
      return ReadTerms(facet.terms(), path + ".terms", spec);
    case v1::FacetSpec::kDateHistogram:
      spec.kind = FacetKind::kDateHistogram;
      return ReadHistogram(facet.date_histogram(), path + ".date_histogram", spec);
    case v1::FacetSpec::kNumberRanges:
      spec.kind = FacetKind::kNumberRanges;
      return ReadRanges(facet.number_ranges().ranges(), path + ".number_ranges", ParseNumberBounds<v1::NumberRange>,
                        spec);
    case v1::FacetSpec::kTimeRanges:
      spec.kind = FacetKind::kTimeRanges;
      return ReadRanges(facet.time_ranges().ranges(), path + ".time_ranges", ParseTimeBounds<v1::TimeRange>, spec);
    case v1::FacetSpec::kNumberStats:
      spec.kind = FacetKind::kNumberStats;
      return absl::OkStatus();
    case v1::FacetSpec::KIND_NOT_SET:
      break;
  }
  return InvalidField("FACET_KIND", path,
                      absl::StrCat("needs ", std::string(KindsFor(*spec.field)), " for ", facet.field()));
}

absl::Status ReadMeasures(const v1::FacetSpec& facet, const std::string& path, FacetSpec& spec) {
  for (int i = 0; i < facet.measures_size(); ++i) {
    const std::string here = absl::StrCat(path, ".measures[", i, "]");
    if (spec.kind == FacetKind::kNumberStats) return InvalidField("FACET_MEASURE", here, "has no buckets to count in");
    if (facet.measures(i) == v1::FACET_MEASURE_ORIGINALS) {
      spec.originals = true;
    } else if (facet.measures(i) == v1::FACET_MEASURE_SOURCES) {
      spec.sources = true;
    } else {
      return InvalidField("FACET_MEASURE", here, "is no measure: use FACET_MEASURE_ORIGINALS or FACET_MEASURE_SOURCES");
    }
  }
  return absl::OkStatus();
}

absl::Status ReadExcluded(const v1::FacetSpec& facet, const std::string& path, FacetSpec& spec) {
  for (int i = 0; i < facet.excluded_filter_fields_size(); ++i) {
    const std::string& name = facet.excluded_filter_fields(i);
    if (!IsFilterField(name)) {
      return InvalidField("FACET_EXCLUDED_FIELD", absl::StrCat(path, ".excluded_filter_fields[", i, "]"),
                          absl::StrCat("\"", name, "\" is no field that filters know: see GetIndexInfo"));
    }
    spec.excluded_filter_fields.insert(name);
  }
  return absl::OkStatus();
}

absl::StatusOr<FacetSpec> ParseFacet(const v1::FacetSpec& facet, const std::string& path) {
  FacetSpec spec;
  spec.field = FindField(facet.field());
  if (spec.field == nullptr || !spec.field->facetable) {
    return InvalidField("FACET_FIELD", path + ".field",
                        absl::StrCat("\"", facet.field(), "\" cannot be counted by: use one of ", FacetableFields()));
  }
  spec.name = facet.name().empty() ? facet.field() : facet.name();
  bool given = facet.kind_case() != v1::FacetSpec::KIND_NOT_SET;
  Kind kind = given ? facet.kind_case() : DefaultKind(*spec.field);
  if (given && !FitsField(kind, *spec.field)) {
    return InvalidField(
        "FACET_KIND", path,
        absl::StrCat("counts ", facet.field(), " in a way it cannot be: use ", std::string(KindsFor(*spec.field))));
  }
  if (auto status = ReadKind(facet, kind, path, spec); !status.ok()) return status;
  if (auto status = ReadMeasures(facet, path, spec); !status.ok()) return status;
  if (auto status = ReadExcluded(facet, path, spec); !status.ok()) return status;
  return spec;
}

}  // namespace

std::vector<std::string_view> PathParts(std::string_view path, std::string_view separator) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const size_t end = std::min(path.find(separator), path.size());
    const auto part = absl::StripAsciiWhitespace(absl::string_view(path.data(), end));
    if (!part.empty()) parts.emplace_back(part.data(), part.size());
    path.remove_prefix(std::min(end + separator.size(), path.size()));
  }
  return parts;
}

absl::StatusOr<std::vector<FacetSpec>> ParseFacets(const v1::SearchRequest& request) {
  if (request.facets_size() > kMaxFacets) {
    return InvalidField("FACETS", "facets",
                        absl::StrCat("asks for ", request.facets_size(), " facets; the limit is ", kMaxFacets));
  }
  std::vector<FacetSpec> specs;
  specs.reserve(static_cast<size_t>(request.facets_size()));
  std::set<std::string> names;
  int measured = 0;
  for (int i = 0; i < request.facets_size(); ++i) {
    std::string path = absl::StrCat("facets[", i, "]");
    auto spec = ParseFacet(request.facets(i), path);
    if (!spec.ok()) return spec.status();
    if (!names.insert(spec->name).second) {
      return InvalidField("FACET_NAME", path + ".name",
                          absl::StrCat("\"", spec->name, "\" is the name of a facet before it: give each its own"));
    }
    if (spec->measured() && ++measured > kMaxMeasuredFacets) {
      return InvalidField("FACET_MEASURES", path + ".measures",
                          absl::StrCat("is one facet with measures too many; the limit is ", kMaxMeasuredFacets));
    }
    specs.push_back(std::move(*spec));
  }
  return specs;
}

}  // namespace broadsheet::search
