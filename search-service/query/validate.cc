#include "search/query/validate.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/hash.h"
#include "search/query/copies.h"

namespace broadsheet::search {
namespace {

// Of what must be as it was when a page token is used, defaults filled in. The lineage goes with min_sequence, and the
// token has its own.
uint64_t Fingerprint(const v1::SearchRequest& request, const SearchQuery& query) {
  v1::SearchRequest asked = request;
  asked.DiscardUnknownFields();
  asked.clear_page_size();
  asked.clear_page_token();
  if (query.fairness.has_value()) asked.set_page_size(query.page_size);  // who comes further down depends on it
  asked.clear_facets();
  asked.clear_facet_budget();
  asked.clear_view();
  asked.clear_highlight();
  asked.clear_explain();
  asked.clear_min_sequence();
  asked.clear_lineage();
  asked.set_order(query.order);
  asked.set_copies(query.hide_copies ? v1::COPY_MODE_HIDE : v1::COPY_MODE_SHOW);
  auto* options = asked.mutable_query_options();
  if (options->match_mode() == v1::MATCH_MODE_UNSPECIFIED) options->set_match_mode(v1::MATCH_MODE_ALL_WORDS);
  options->set_typo_tolerance(query.words.typos);
  options->set_variants(query.words.variants);
  options->set_synonyms(query.words.synonyms);
  asked.mutable_ranking()->set_exact_form(query.ranking.exact_form);
  asked.mutable_ranking()->set_proximity(query.ranking.proximity);
  return Hash64(asked.SerializeAsString());
}

absl::Status ReadText(const v1::SearchRequest& request, SearchQuery& query) {
  auto mode = ParseMatchMode(request.query_options());
  if (!mode.ok()) return mode.status();
  auto text = ParseQuery(request.query(), *mode);
  if (!text.ok()) return text.status();
  query.text = std::move(*text);
  query.words = ParseWordOptions(request.query_options());
  query.exact_words = !query.words.stems;
  auto ranking = ParseRanking(request.ranking());
  if (!ranking.ok()) return ranking.status();
  query.ranking = *std::move(ranking);
  return absl::OkStatus();
}

absl::Status ReadOrderAndView(const v1::SearchRequest& request, SearchQuery& query) {
  if (!v1::Order_IsValid(request.order())) return InvalidField("ORDER", "order", "is no order of hits");
  if (!v1::ArticleView_IsValid(request.view())) return InvalidField("VIEW", "view", "is no view of articles");
  bool has_words = !PositiveLeaves(query.text).empty();
  query.order = has_words ? v1::ORDER_RELEVANCE : v1::ORDER_NEWEST;
  if (request.order() != v1::ORDER_UNSPECIFIED) query.order = request.order();
  if (request.view() != v1::ARTICLE_VIEW_UNSPECIFIED) query.view = request.view();
  return absl::OkStatus();
}

absl::Status ReadHighlight(const v1::HighlightSpec& spec, HighlightSpec& highlight) {
  highlight.enabled = !spec.disabled();
  bool fits = spec.snippet_bytes() >= kMinSnippetBytes && spec.snippet_bytes() <= kMaxSnippetBytes;
  if (spec.snippet_bytes() != 0 && !fits) {
    return InvalidField(
        "SNIPPET_BYTES", "highlight.snippet_bytes",
        absl::StrCat("must be ", kMinSnippetBytes, " to ", kMaxSnippetBytes, ", or 0 for ", kDefaultSnippetBytes));
  }
  if (spec.max_snippets() < 0 || spec.max_snippets() > kMaxSnippets) {
    return InvalidField("MAX_SNIPPETS", "highlight.max_snippets",
                        absl::StrCat("must be 1 to ", kMaxSnippets, ", or 0 for 1"));
  }
  if (spec.snippet_bytes() != 0) highlight.snippet_bytes = spec.snippet_bytes();
  if (spec.max_snippets() != 0) highlight.max_snippets = spec.max_snippets();
  return absl::OkStatus();
}

absl::Status ReadPage(const v1::SearchRequest& request, SearchQuery& query) {
  auto size = ReadPageSize(request.page_size());
  if (!size.ok()) return size.status();
  query.page_size = *size;
  query.fingerprint = Fingerprint(request, query);
  if (request.page_token().empty()) return absl::OkStatus();
  auto position = DecodePageToken(request.page_token(), query.fingerprint);
  if (!position.ok()) return position.status();
  query.after = std::move(*position);
  return absl::OkStatus();
}

absl::Status ReadSnapshot(const v1::SearchRequest& request, SearchQuery& query) {
  if (request.min_sequence() < 0) {
    return InvalidField("MIN_SEQUENCE", "min_sequence", "is negative: give the sequence of a write, or 0 for none");
  }
  query.min_sequence = request.min_sequence();
  query.lineage = request.lineage();
  return absl::OkStatus();
}

absl::Status ReadFilterAndFacets(const v1::SearchRequest& request, SearchQuery& query) {
  auto hides = HidesCopies(request.copies(), "copies", v1::COPY_MODE_SHOW);
  if (!hides.ok()) return hides.status();
  query.hide_copies = *hides;
  if (request.has_filter()) {
    auto filter = ParseFilter(request.filter());
    if (!filter.ok()) return filter.status();
    query.filter = std::move(*filter);
  }
  query.filter = WithDays(std::move(query.filter), query.text.days);
  auto facets = ParseFacets(request);
  if (!facets.ok()) return facets.status();
  query.facets = std::move(*facets);
  if (request.facet_budget() < 0) {
    return InvalidField("FACET_BUDGET", "facet_budget", "is negative: give a number of matches, or 0 for all");
  }
  query.facet_budget = request.facet_budget();
  return absl::OkStatus();
}

absl::Status ReadGroups(const v1::SearchRequest& request, SearchQuery& query) {
  auto group = ParseGroup(request);
  if (!group.ok()) return group.status();
  query.group = *group;
  auto fairness = ParseFairness(request);
  if (!fairness.ok()) return fairness.status();
  query.fairness = *fairness;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<int> ReadPageSize(int asked) {
  if (asked < 0) {
    return InvalidField("PAGE_SIZE", "page_size",
                        absl::StrCat("is negative: give 1 to ", kMaxPageSize, ", or 0 for ", kDefaultPageSize));
  }
  return asked == 0 ? kDefaultPageSize : std::min(asked, kMaxPageSize);
}

WordOptions ParseWordOptions(const v1::QueryOptions& options) {
  auto wanted = [&](bool given, bool value) { return !options.strict() && (!given || value); };
  WordOptions words;
  words.stems = !options.strict() && !options.exact_words();
  words.typos = wanted(options.has_typo_tolerance(), options.typo_tolerance());
  words.variants = wanted(options.has_variants(), options.variants());
  words.synonyms = wanted(options.has_synonyms(), options.synonyms());
  return words;
}

absl::StatusOr<MatchMode> ParseMatchMode(const v1::QueryOptions& options) {
  switch (options.match_mode()) {
    case v1::MATCH_MODE_UNSPECIFIED:
    case v1::MATCH_MODE_ALL_WORDS:
      return MatchMode::kAllWords;
    case v1::MATCH_MODE_ANY_WORD:
      return MatchMode::kAnyWord;
    default:
      return InvalidField("MATCH_MODE", "query_options.match_mode", "is no match mode");
  }
}

absl::StatusOr<SearchQuery> Validate(const v1::SearchRequest& request) {
  SearchQuery query;
  if (auto status = ReadText(request, query); !status.ok()) return status;
  if (auto status = ReadFilterAndFacets(request, query); !status.ok()) return status;
  if (auto status = ReadGroups(request, query); !status.ok()) return status;
  if (auto status = ReadOrderAndView(request, query); !status.ok()) return status;
  if (auto status = ReadHighlight(request.highlight(), query.highlight); !status.ok()) return status;
  if (auto status = ReadPage(request, query); !status.ok()) return status;
  if (auto status = ReadSnapshot(request, query); !status.ok()) return status;
  query.exact_total = request.exact_total();
  query.explain = request.explain();
  return query;
}

}  // namespace broadsheet::search
