#include "cli/render_facet.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "cli/text.h"

namespace broadsheet::cli {
namespace {

constexpr int kMaxLabelCells = 32;
constexpr int kBarCells = 24;

absl::CivilSecond At(const google::protobuf::Timestamp& time) {
  return absl::ToCivilSecond(absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
}

// As short as the interval allows: a whole year "2025", a month "2025-09", a day "2025-09-03".
std::string TimeLabel(const v1::TimeRange& range) {
  if (!range.has_start() || !range.has_end()) {
    return absl::StrCat(range.has_start() ? RenderTime(range.start()) : "", " – ",
                        range.has_end() ? RenderTime(range.end()) : "");
  }
  const absl::CivilSecond start = At(range.start());
  const absl::CivilSecond end = At(range.end());
  if (start == absl::CivilSecond(absl::CivilYear(start)) && end == absl::CivilSecond(absl::CivilYear(start) + 1)) {
    return absl::StrCat(start.year());
  }
  if (start == absl::CivilSecond(absl::CivilMonth(start)) && end == absl::CivilSecond(absl::CivilMonth(start) + 1)) {
    return absl::StrFormat("%04d-%02d", start.year(), start.month());
  }
  const std::string day = absl::StrFormat("%04d-%02d-%02d", start.year(), start.month(), start.day());
  if (end - start == 24 * 60 * 60) {
    return day;
  }
  return end - start == 7 * 24 * 60 * 60 ? absl::StrCat("week of ", day)
                                         : absl::StrFormat("%s %02d:%02d", day, start.hour(), start.minute());
}

std::string NumberLabel(const v1::NumberRange& range) {
  if (!range.has_max()) {
    return absl::StrCat(range.min(), " and more");
  }
  return range.has_min() ? absl::StrCat(range.min(), " – ", range.max()) : absl::StrCat("up to ", range.max());
}

std::string Label(const v1::FacetBucket& bucket) {
  switch (bucket.key_case()) {
    case v1::FacetBucket::kTime:
      return TimeLabel(bucket.time());
    case v1::FacetBucket::kNumber:
      return NumberLabel(bucket.number());
    default:
      return Printable(bucket.value());
  }
}

}  // namespace

std::string RenderFacet(const v1::FacetResult& facet, Colour colour) {
  std::vector<std::string> labels;
  int width = 0;
  int64_t largest = 0;
  for (const v1::FacetBucket& bucket : facet.buckets()) {
    labels.push_back(Label(bucket));
    width = std::max(width, std::min(Cells(labels.back()), kMaxLabelCells));
    largest = std::max(largest, bucket.count());
  }
  std::string out = absl::StrCat(Bold(Printable(facet.name()), colour), facet.exact() ? "" : " (cut short)", "\n");
  for (int i = 0; i < facet.buckets_size(); ++i) {
    const int64_t count = facet.buckets(i).count();
    const std::string bar = Bar(count, largest, kBarCells);
    absl::StrAppend(&out, "  ", Fit(labels[i], width), "  ", Fit(bar, kBarCells), " ", count, "\n");
  }
  if (facet.stats().count() > 0) {
    absl::StrAppendFormat(&out, "  %d to %d, mean %.1f\n", facet.stats().min(), facet.stats().max(),
                          facet.stats().mean());
  }
  if (facet.other_count() > 0) {
    absl::StrAppend(&out, "  ", Dim(absl::StrCat(facet.other_count(), " in other values"), colour), "\n");
  }
  if (facet.missing() > 0) {
    absl::StrAppend(&out, "  ", Dim(absl::StrCat(facet.missing(), " without a value"), colour), "\n");
  }
  return out;
}

}  // namespace broadsheet::cli
