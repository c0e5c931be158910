#pragma once

#include <optional>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "broadsheet/v1/search.pb.h"
#include "search/index/requirements.h"
#include "search/query/bounds.h"
#include "search/query/filter.h"
#include "search/query/search_query.h"

// The requests for finding more, checked, with their defaults filled in.
namespace broadsheet::search {

inline constexpr size_t kMaxLikeBytes = 64 * 1'024;  // of the text in SimilarArticles
inline constexpr size_t kMaxSuggestBytes = 256;
inline constexpr int kDefaultSuggestions = 5;  // of each kind
inline constexpr int kMaxSuggestions = 20;
inline constexpr int kDefaultTerms = 20;
inline constexpr int kMaxTerms = 100;
inline constexpr int kBaselineWindows = 4;  // the default baseline of trends is so many windows long

struct SimilarQuery {
  std::string id;    // empty: `text`
  std::string text;  // empty: `id`
  std::optional<Filter> filter;
  bool hide_copies = true;
  int page_size = kDefaultPageSize;
  v1::ArticleView view = v1::ARTICLE_VIEW_CARD;
  Requirements requirements;
};

struct SuggestQuery {
  std::string text;
  std::set<v1::SuggestionKind> kinds;
  int limit = kDefaultSuggestions;
};

struct SignificantQuery {
  SearchQuery search;  // its query, filter and requirements
  int limit = kDefaultTerms;
};

struct TrendsQuery {
  Bounds window, baseline;  // microseconds, both ends inclusive; they do not overlap
  std::optional<Filter> filter;
  bool hide_copies = false;
  int limit = kDefaultTerms;
  Requirements requirements;
};

// Limits of these requests, as GetIndexInfo tells them.
void DescribeLimits(v1::SearchLimits& limits);

// INVALID_ARGUMENT naming the field's path from the request, the limit and the way out. Pure, thread-safe.
absl::StatusOr<SimilarQuery> Validate(const v1::SimilarArticlesRequest& request);
absl::StatusOr<SuggestQuery> Validate(const v1::SuggestRequest& request);
absl::StatusOr<SignificantQuery> Validate(const v1::SignificantTermsRequest& request);
absl::StatusOr<TrendsQuery> Validate(const v1::TrendsRequest& request);

}  // namespace broadsheet::search
