#include "search/discover/query.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "search/query/copies.h"
#include "search/query/validate.h"

namespace broadsheet::search {
namespace {

// Up to `most`, `normal` when 0.
absl::StatusOr<int> ReadLimit(const std::string& field, int asked, int normal, int most) {
  if (asked == 0) return normal;
  if (asked > 0 && asked <= most) return asked;
  return InvalidField("LIMIT", field, absl::StrCat("is ", asked, ": give 1 to ", most, ", or 0 for ", normal));
}

template <typename Request>
absl::StatusOr<Requirements> ReadRequirements(const Request& request) {
  if (request.min_sequence() < 0) {
    return InvalidField("MIN_SEQUENCE", "min_sequence", "is negative: give the sequence of a write, or 0 for none");
  }
  return Requirements{request.min_sequence(), request.lineage()};
}

template <typename Request>
absl::StatusOr<std::optional<Filter>> ReadFilter(const Request& request) {
  if (!request.has_filter()) return std::optional<Filter>();
  auto filter = ParseFilter(request.filter());
  if (!filter.ok()) return filter.status();
  return std::optional<Filter>(*std::move(filter));
}

absl::Status ReadLike(const v1::SimilarArticlesRequest& request, SimilarQuery& query) {
  if (request.like_case() == v1::SimilarArticlesRequest::LIKE_NOT_SET) {
    return InvalidField("LIKE_MISSING", "like", "is missing: give the id of an article, or a text");
  }
  query.id = request.id();
  query.text = request.text();
  if (request.has_id() && query.id.empty()) return InvalidField("ID_MISSING", "id", "is empty: give an article's id");
  if (request.has_text() && query.text.empty()) return InvalidField("TEXT", "text", "is empty: give a few words");
  if (query.text.size() > kMaxLikeBytes) {
    return InvalidField("TEXT", "text",
                        absl::StrCat("has ", query.text.size(), " bytes; the limit is ", kMaxLikeBytes,
                                     ": the beginning of a long text says what it is about"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Bounds> ReadClosedRange(const v1::TimeRange& range, const std::string& path) {
  if (!range.has_start()) return InvalidField("TIME_RANGE", path + ".start", "is missing: give both start and end");
  if (!range.has_end()) return InvalidField("TIME_RANGE", path + ".end", "is missing: give both start and end");
  auto bounds = ParseTimeBounds(range, path);
  if (bounds.ok() && bounds->min > bounds->max) {
    return InvalidField("TIME_RANGE", path, "is empty: its end must be after its start");
  }
  return bounds;
}

absl::Status ReadTimes(const v1::TrendsRequest& request, TrendsQuery& query) {
  if (!request.has_window()) {
    return InvalidField("WINDOW_MISSING", "window", "is missing: give the time whose terms are asked for");
  }
  auto window = ReadClosedRange(request.window(), "window");
  if (!window.ok()) return window.status();
  query.window = *window;
  const int64_t length = query.window.max - query.window.min + 1;
  query.baseline = {query.window.min - kBaselineWindows * length, query.window.min - 1};
  if (!request.has_baseline()) return absl::OkStatus();
  auto baseline = ReadClosedRange(request.baseline(), "baseline");
  if (!baseline.ok()) return baseline.status();
  query.baseline = *baseline;
  if (query.baseline.min <= query.window.max && query.window.min <= query.baseline.max) {
    return InvalidField("TIME_RANGE", "baseline", "overlaps the window: an article would be on both sides");
  }
  return absl::OkStatus();
}

}  // namespace

void DescribeLimits(v1::SearchLimits& limits) {
  limits.set_similar_text_bytes(kMaxLikeBytes);
  limits.set_suggest_bytes(kMaxSuggestBytes);
  limits.set_suggestions(kMaxSuggestions);
  limits.set_terms(kMaxTerms);
}

absl::StatusOr<SimilarQuery> Validate(const v1::SimilarArticlesRequest& request) {
  SimilarQuery query;
  if (auto like = ReadLike(request, query); !like.ok()) return like;
  auto filter = ReadFilter(request);
  if (!filter.ok()) return filter.status();
  query.filter = *std::move(filter);
  auto hide = HidesCopies(request.copies(), "copies", v1::COPY_MODE_HIDE);
  if (!hide.ok()) return hide.status();
  query.hide_copies = *hide;
  auto size = ReadPageSize(request.page_size());
  if (!size.ok()) return size.status();
  query.page_size = *size;
  if (!v1::ArticleView_IsValid(request.view())) return InvalidField("VIEW", "view", "is no view of articles");
  if (request.view() != v1::ARTICLE_VIEW_UNSPECIFIED) query.view = request.view();
  auto requirements = ReadRequirements(request);
  if (!requirements.ok()) return requirements.status();
  query.requirements = *std::move(requirements);
  return query;
}

absl::StatusOr<SuggestQuery> Validate(const v1::SuggestRequest& request) {
  SuggestQuery query{.text = request.text(), .kinds = {}};
  if (query.text.empty() || query.text.size() > kMaxSuggestBytes) {
    return InvalidField("TEXT", "text",
                        absl::StrCat("has ", query.text.size(), " bytes: give 1 to ", kMaxSuggestBytes));
  }
  for (int i = 0; i < request.kinds_size(); ++i) {
    const v1::SuggestionKind kind = request.kinds(i);
    if (kind == v1::SUGGESTION_KIND_UNSPECIFIED || !v1::SuggestionKind_IsValid(kind)) {
      return InvalidField("KIND", absl::StrCat("kinds[", i, "]"),
                          "is no kind of suggestion: use QUERY, NAME, SOURCE or TITLE, or none for all of them");
    }
    query.kinds.insert(kind);
  }
  if (query.kinds.empty()) {
    query.kinds = {v1::SUGGESTION_KIND_QUERY, v1::SUGGESTION_KIND_NAME, v1::SUGGESTION_KIND_SOURCE,
                   v1::SUGGESTION_KIND_TITLE};
  }
  auto limit = ReadLimit("limit", request.limit(), kDefaultSuggestions, kMaxSuggestions);
  if (!limit.ok()) return limit.status();
  query.limit = *limit;
  return query;
}

absl::StatusOr<SignificantQuery> Validate(const v1::SignificantTermsRequest& request) {
  v1::SearchRequest search;
  search.set_query(request.query());
  if (request.has_query_options()) *search.mutable_query_options() = request.query_options();
  if (request.has_filter()) *search.mutable_filter() = request.filter();
  search.set_min_sequence(request.min_sequence());
  search.set_lineage(request.lineage());
  auto checked = Validate(search);
  if (!checked.ok()) return checked.status();
  auto limit = ReadLimit("limit", request.limit(), kDefaultTerms, kMaxTerms);
  if (!limit.ok()) return limit.status();
  return SignificantQuery{*std::move(checked), *limit};
}

absl::StatusOr<TrendsQuery> Validate(const v1::TrendsRequest& request) {
  TrendsQuery query;
  if (auto times = ReadTimes(request, query); !times.ok()) return times;
  auto filter = ReadFilter(request);
  if (!filter.ok()) return filter.status();
  query.filter = *std::move(filter);
  auto hide = HidesCopies(request.copies(), "copies", v1::COPY_MODE_SHOW);
  if (!hide.ok()) return hide.status();
  query.hide_copies = *hide;
  auto limit = ReadLimit("limit", request.limit(), kDefaultTerms, kMaxTerms);
  if (!limit.ok()) return limit.status();
  query.limit = *limit;
  auto requirements = ReadRequirements(request);
  if (!requirements.ok()) return requirements.status();
  query.requirements = *std::move(requirements);
  return query;
}

}  // namespace broadsheet::search
