#include "cli/search_request.h"

#include <google/protobuf/timestamp.pb.h>

#include <map>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"

namespace broadsheet::cli {
namespace {

// Ranges of words that tell a flash from a report and a report from a feature.
constexpr int64_t kWordCountBounds[] = {100, 300, 1000};

const std::map<std::string, v1::DateInterval>& Intervals() {
  static const std::map<std::string, v1::DateInterval> intervals = {
      {"hour", v1::DATE_INTERVAL_HOUR},   {"day", v1::DATE_INTERVAL_DAY},   {"week", v1::DATE_INTERVAL_WEEK},
      {"month", v1::DATE_INTERVAL_MONTH}, {"year", v1::DATE_INTERVAL_YEAR},
  };
  return intervals;
}

bool IsTime(const std::string& field) {
  return field.ends_with("_time");
}

void AddValues(const std::string& field, const std::vector<std::string>& values, v1::FilterList& filters) {
  if (values.empty()) {
    return;
  }
  auto& condition = *filters.add_filters()->mutable_in_values();
  condition.set_field(field);
  condition.mutable_values()->Add(values.begin(), values.end());
}

absl::Status AddWhere(const std::vector<std::string>& conditions, v1::FilterList& filters) {
  std::map<std::string, std::vector<std::string>> values;
  for (const std::string& condition : conditions) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(condition, absl::MaxSplits('=', 1));
    if (parts.first.empty() || parts.second.empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--where takes FIELD=VALUE, for example attributes.desk=harbour, not \"", condition, "\""));
    }
    values[parts.first].push_back(parts.second);
  }
  for (const auto& [field, list] : values) {
    AddValues(field, list, filters);
  }
  return absl::OkStatus();
}

absl::Status AddTimeFilters(const SearchOptions& options, v1::FilterList& filters) {
  if (options.since.empty() && options.until.empty()) {
    return absl::OkStatus();
  }
  auto& range = *filters.add_filters()->mutable_time_range();
  if (!options.since.empty()) {
    if (absl::Status set = SetTime("--since", options.since, *range.mutable_start()); !set.ok()) {
      return set;
    }
  }
  return options.until.empty() ? absl::OkStatus() : SetTime("--until", options.until, *range.mutable_end());
}

void AddWordCountRanges(v1::NumberRangesFacet& facet) {
  int64_t min = 0;
  for (const int64_t bound : kWordCountBounds) {
    auto& range = *facet.add_ranges();
    range.set_min(min);
    range.set_max(bound - 1);
    min = bound;
  }
  facet.add_ranges()->set_min(min);
}

absl::Status AddFacet(const std::string& text, v1::SearchRequest& request) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits(':', 1));
  const auto& [field, detail] = parts;
  auto& facet = *request.add_facets();
  facet.set_field(field);
  facet.add_excluded_filter_fields(field);
  if (IsTime(field)) {
    const auto interval = Intervals().find(detail.empty() ? "month" : detail);
    if (interval == Intervals().end()) {
      return absl::InvalidArgumentError(
          absl::StrCat("--facet ", field, " is counted by hour, day, week, month or year, not \"", detail, "\""));
    }
    facet.mutable_date_histogram()->set_interval(interval->second);
  } else if (field == "word_count") {
    AddWordCountRanges(*facet.mutable_number_ranges());
  } else if (!detail.empty()) {
    int limit = 0;
    if (!absl::SimpleAtoi(detail, &limit) || limit < 1) {
      return absl::InvalidArgumentError(
          absl::StrCat("--facet ", field, ":N takes the most values to show, not \"", detail, "\""));
    }
    facet.mutable_terms()->set_limit(limit);
  }
  return absl::OkStatus();
}

absl::Status SetGroups(const SearchOptions& options, v1::SearchRequest& request) {
  if (options.per_source > 0) {
    request.mutable_fairness()->set_field("source");
    request.mutable_fairness()->set_max_per_page(options.per_source);
  }
  if (options.group.empty()) {
    return absl::OkStatus();
  }
  const std::pair<std::string, std::string> parts = absl::StrSplit(options.group, absl::MaxSplits(':', 1));
  int hits = 1;
  if (!parts.second.empty() && (!absl::SimpleAtoi(parts.second, &hits) || hits < 1)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--group FIELD:N takes the most hits of each group to show, not \"", parts.second, "\""));
  }
  request.mutable_group()->set_field(parts.first);
  request.mutable_group()->set_hits_per_group(hits);
  return absl::OkStatus();
}

absl::Status SetOrder(const std::string& order, v1::SearchRequest& request) {
  static const std::map<std::string, v1::Order> orders = {{"", v1::ORDER_UNSPECIFIED},
                                                          {"relevance", v1::ORDER_RELEVANCE},
                                                          {"newest", v1::ORDER_NEWEST},
                                                          {"oldest", v1::ORDER_OLDEST}};
  const auto found = orders.find(order);
  if (found == orders.end()) {
    return absl::InvalidArgumentError(absl::StrCat("--order is relevance, newest or oldest, not \"", order, "\""));
  }
  request.set_order(found->second);
  return absl::OkStatus();
}

// "30d", or what absl::ParseDuration reads.
absl::Status SetRecency(const std::string& half_life, v1::RankingSpec& ranking) {
  int64_t days = 0;
  absl::Duration duration;
  const bool in_days = half_life.ends_with('d') && absl::SimpleAtoi(half_life.substr(0, half_life.size() - 1), &days);
  if (in_days) {
    duration = absl::Hours(24) * days;
  } else if (!absl::ParseDuration(half_life, &duration)) {
    return absl::InvalidArgumentError(
        absl::StrCat("--recency takes a half-life such as 30d, 12h or 90m, not \"", half_life, "\""));
  }
  ranking.mutable_recency()->mutable_half_life()->set_seconds(absl::ToInt64Seconds(duration));
  return absl::OkStatus();
}

absl::Status SetFilter(const SearchOptions& options, v1::SearchRequest& request) {
  v1::FilterList filters;
  AddValues("source", options.sources, filters);
  AddValues("section", options.sections, filters);
  AddValues("tags", options.tags, filters);
  AddValues("authors", options.authors, filters);
  AddValues("language", options.languages, filters);
  if (absl::Status added = AddWhere(options.where, filters); !added.ok()) {
    return added;
  }
  if (absl::Status added = AddTimeFilters(options, filters); !added.ok()) {
    return added;
  }
  if (filters.filters_size() > 0) {
    *request.mutable_filter()->mutable_all_of() = std::move(filters);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status SetTime(const std::string& option, const std::string& text, google::protobuf::Timestamp& timestamp) {
  absl::Time time;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, nullptr) &&
      !absl::ParseTime("%Y-%m-%d", text, &time, nullptr)) {
    return absl::InvalidArgumentError(absl::StrCat(option,
                                                   " takes a day or a time, for example 2025-09-03 or "
                                                   "2025-09-03T06:40:00Z, not \"",
                                                   text, "\""));
  }
  timestamp.set_seconds(absl::ToUnixSeconds(time));
  return absl::OkStatus();
}

absl::StatusOr<v1::SearchRequest> MakeSearchRequest(const SearchOptions& options) {
  v1::SearchRequest request;
  request.set_query(absl::StrJoin(options.words, " "));
  request.set_page_size(options.limit);
  request.set_page_token(options.page_token);
  request.set_exact_total(options.exact_total);
  request.set_explain(options.explain);
  request.set_min_sequence(options.min_sequence);
  if (options.full) {
    request.set_view(v1::ARTICLE_VIEW_FULL);
  }
  if (options.any_word) {
    request.mutable_query_options()->set_match_mode(v1::MATCH_MODE_ANY_WORD);
  }
  if (options.exact_words) {
    request.mutable_query_options()->set_exact_words(true);
  }
  if (options.strict) {
    request.mutable_query_options()->set_strict(true);
  }
  if (options.expand) {
    request.mutable_ranking()->mutable_expansion();
  }
  if (!options.recency.empty()) {
    if (absl::Status set = SetRecency(options.recency, *request.mutable_ranking()); !set.ok()) {
      return set;
    }
  }
  if (options.no_copies) {
    request.set_copies(v1::COPY_MODE_HIDE);
  }
  if (absl::Status set = SetOrder(options.order, request); !set.ok()) {
    return set;
  }
  if (absl::Status set = SetFilter(options, request); !set.ok()) {
    return set;
  }
  if (absl::Status set = SetGroups(options, request); !set.ok()) {
    return set;
  }
  for (const std::string& facet : options.facets) {
    if (absl::Status added = AddFacet(facet, request); !added.ok()) {
      return added;
    }
  }
  return request;
}

}  // namespace broadsheet::cli
