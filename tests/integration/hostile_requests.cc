#include "integration/hostile_requests.h"

#include <array>
#include <cmath>
#include <random>

#include "absl/strings/str_cat.h"

namespace broadsheet::search {
namespace {

constexpr size_t kVocabulary = 4'000;
constexpr int64_t kFirstTime = 1'500'000'000;
constexpr int64_t kTimeStep = 40'000;
constexpr std::array<const char*, 10> kSyllables = {"ba", "de", "fi", "go", "lu", "ma", "ne", "ri", "so", "tu"};

std::string Text(std::mt19937& random, size_t words) {
  std::uniform_real_distribution<double> share(0, 1);
  std::string text;
  for (size_t i = 0; i < words; ++i) {
    text += HostileWord(static_cast<size_t>(kVocabulary * std::pow(share(random), 4)));
    text += i % 12 == 11 ? ". " : " ";
    if (i % 120 == 119) text += "\n\n";
  }
  return text;
}

v1::FacetSpec Facet(const std::string& name, const std::string& field) {
  v1::FacetSpec facet;
  facet.set_name(name);
  facet.set_field(field);
  facet.add_excluded_filter_fields("source");
  facet.add_excluded_filter_fields("tags");
  return facet;
}

v1::FacetSpec TermsFacet(const std::string& field) {
  v1::FacetSpec facet = Facet("terms of " + field, field);
  facet.mutable_terms()->set_limit(1'000);
  facet.mutable_terms()->set_contains(field == "language" ? "" : "e");
  return facet;
}

v1::FacetSpec Histogram(const std::string& field) {
  v1::FacetSpec facet = Facet("days of " + field, field);
  facet.mutable_date_histogram()->set_interval(v1::DATE_INTERVAL_DAY);
  facet.mutable_date_histogram()->set_time_zone("Europe/Berlin");
  return facet;
}

v1::FacetSpec TimeRanges(const std::string& field) {
  v1::FacetSpec facet = Facet("ranges of " + field, field);
  for (int i = 0; i < 100; ++i) {
    auto* range = facet.mutable_time_ranges()->add_ranges();
    range->mutable_start()->set_seconds(kFirstTime + i);
    range->mutable_end()->set_seconds(kFirstTime + 500'000'000);
  }
  return facet;
}

v1::FacetSpec NumberRanges(const std::string& field) {
  v1::FacetSpec facet = Facet("ranges of " + field, field);
  for (int i = 0; i < 100; ++i)
    facet.mutable_number_ranges()->add_ranges()->set_min(i);
  return facet;
}

v1::Filter ManyValues() {
  v1::Filter filter;
  for (int i = 0; i < 248; ++i) {
    auto* values = filter.mutable_any_of()->add_filters()->mutable_in_values();
    values->set_field(i % 2 == 0 ? "source" : "tags");
    const int count = i < 32 ? 5 : 4;
    for (int k = 0; k < count; ++k)
      values->add_values(absl::StrCat(i % 2 == 0 ? "The Source " : "tag ", i * 5 + k));
  }
  return filter;
}

}  // namespace

std::string HostileWord(size_t n) {
  std::string word = "w";
  for (size_t rest = n % kVocabulary + 1'000; rest > 0; rest /= 10)
    word += kSyllables[rest % 10];
  return word;
}

v1::Article HostileArticle(size_t n) {
  std::mt19937 random(static_cast<uint32_t>(n));
  v1::Article article;
  article.set_id(absl::StrCat("hostile-", n));
  article.set_title(Text(random, 8));
  article.set_body(Text(random, n % 200 == 0 ? 22'000 : 300));
  article.set_word_count(308);
  article.set_language("en");
  article.set_source(absl::StrCat("The Source ", n % 700));
  article.set_section(absl::StrCat("News/Region ", n % 40, "/Place ", n % 900));
  for (size_t i = 0; i < 5; ++i) {
    article.add_tags(absl::StrCat("tag ", (n * 7 + i * 13) % 1'500));
    article.add_authors(absl::StrCat("Author E. ", (n * 3 + i) % 2'000));
  }
  auto* figure = article.add_figures();
  figure->set_kind(v1::FIGURE_KIND_PERCENT);
  figure->set_value(static_cast<double>(n % 800) / 8);
  figure->set_unit("%");
  article.mutable_published_time()->set_seconds(kFirstTime + static_cast<int64_t>(n) * kTimeStep);
  return article;
}

std::string HostileQuery() {
  std::string query = absl::StrCat(HostileWord(0).substr(0, 3), "* OR ", HostileWord(1).substr(0, 3), "*");
  for (size_t i = 0; i < 62; ++i)
    absl::StrAppend(&query, " OR ", HostileWord(i));
  return query;
}

std::string HostileSpelling() {
  std::string query = absl::StrCat(HostileWord(0).substr(0, 3), "*", HostileWord(0).substr(8), "*");
  for (size_t i = 0; i < 31; ++i) {
    std::string first = HostileWord(i);
    std::string second = HostileWord(i + 31);
    std::swap(first[3], first[4]);
    second[5] = 'x';
    absl::StrAppend(&query, " OR ", first, i % 2 == 0 ? " NEAR/100 " : " PARAGRAPH ", second);
  }
  return query;
}

v1::Filter HostileFilter() {
  v1::Filter filter = ManyValues();
  for (int level = 0; level < 6; ++level) {
    v1::Filter outer;
    *outer.mutable_all_of()->add_filters() = filter;
    filter = outer;
  }
  auto* words = filter.mutable_all_of()->add_filters()->mutable_number_range();
  words->set_field("word_count");
  words->set_min(1);
  return filter;
}

std::vector<v1::FacetSpec> HostileFacets() {
  std::vector<v1::FacetSpec> facets;
  for (const char* field : {"source", "authors", "section", "tags", "language", "figures"})
    facets.push_back(TermsFacet(field));
  for (const char* field : {"published_time", "updated_time", "ingested_time"}) {
    facets.push_back(Histogram(field));
    facets.push_back(TimeRanges(field));
  }
  facets.push_back(NumberRanges("word_count"));
  facets.push_back(NumberRanges("revision"));
  facets.push_back(Facet("words", "word_count"));
  facets.back().mutable_number_stats();
  facets.push_back(Facet("paths", "section"));
  facets.back().mutable_terms()->mutable_hierarchy()->set_parent("News");
  for (size_t i = 0; i < 4; ++i) {
    facets[i].add_measures(v1::FACET_MEASURE_ORIGINALS);
    facets[i].add_measures(v1::FACET_MEASURE_SOURCES);
  }
  return facets;
}

v1::SearchRequest HostileSearch() {
  v1::SearchRequest request;
  request.set_query(HostileQuery());
  *request.mutable_filter() = HostileFilter();
  for (const auto& facet : HostileFacets())
    *request.add_facets() = facet;
  request.set_page_size(100);
  request.set_view(v1::ARTICLE_VIEW_FULL);
  request.mutable_highlight()->set_snippet_bytes(2'000);
  request.mutable_highlight()->set_max_snippets(5);
  request.set_exact_total(true);
  request.set_explain(true);
  return request;
}

v1::SearchRequest HostileGroups() {
  v1::SearchRequest request = HostileSearch();
  request.mutable_group()->set_field("copies");
  request.mutable_group()->set_hits_per_group(10);
  return request;
}

v1::SearchRequest HostileFairPages() {
  v1::SearchRequest request = HostileSearch();
  request.mutable_fairness()->set_field("source");
  request.mutable_fairness()->set_max_per_page(1);
  return request;
}

v1::SearchRequest HostileRanking() {
  v1::SearchRequest request = HostileSearch();
  auto* ranking = request.mutable_ranking();
  ranking->mutable_recency()->mutable_half_life()->set_seconds(60);
  ranking->mutable_expansion()->set_documents(50);
  ranking->mutable_expansion()->set_terms(50);
  for (int i = 0; i < 100; ++i) {
    auto* source = ranking->add_source_weights();
    source->set_source(absl::StrCat("The Source ", i));
    source->set_weight(0.5);
  }
  return request;
}

v1::SimilarArticlesRequest HostileLike() {
  constexpr size_t kMostBytes = 64 * 1'024;
  v1::SimilarArticlesRequest request;
  std::string text;
  for (size_t i = 0; text.size() < kMostBytes; ++i)
    absl::StrAppend(&text, HostileWord(i), " ");
  request.set_text(text.substr(0, kMostBytes));
  *request.mutable_filter() = HostileFilter();
  request.set_copies(v1::COPY_MODE_HIDE);
  request.set_page_size(100);
  request.set_view(v1::ARTICLE_VIEW_FULL);
  return request;
}

v1::SuggestRequest HostileTyping() {
  constexpr size_t kMostBytes = 256;
  v1::SuggestRequest request;
  std::string text;
  for (size_t i = 0; text.size() < kMostBytes; ++i)
    absl::StrAppend(&text, HostileWord(i), " ");
  text = text.substr(0, kMostBytes - 2);
  request.set_text(text + " w");
  request.set_limit(20);
  return request;
}

v1::SignificantTermsRequest HostileTerms() {
  v1::SignificantTermsRequest request;
  request.set_query(HostileQuery());
  *request.mutable_filter() = HostileFilter();
  request.set_limit(100);
  return request;
}

v1::TrendsRequest HostileTrends() {
  v1::TrendsRequest request;
  request.mutable_baseline()->mutable_start()->set_seconds(kFirstTime);
  request.mutable_baseline()->mutable_end()->set_seconds(kFirstTime + 500 * kTimeStep);
  *request.mutable_window()->mutable_start() = request.baseline().end();
  request.mutable_window()->mutable_end()->set_seconds(kFirstTime * 2);
  *request.mutable_filter() = HostileFilter();
  request.set_copies(v1::COPY_MODE_HIDE);
  request.set_limit(100);
  return request;
}

}  // namespace broadsheet::search
