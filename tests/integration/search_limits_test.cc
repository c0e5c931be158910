// One more than each limit: INVALID_ARGUMENT that names the field, the limit and the way out.
#include <gmock/gmock.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/rpc/clients.h"
#include "integration/running_search.h"
#include "support/temp_directory.h"
#include "support/test_index.h"

namespace broadsheet::search {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::string Repeat(const std::string& text, int count) {
  std::string repeated;
  for (int i = 0; i < count; ++i)
    repeated += text;
  return repeated;
}

template <typename Request>
struct TooMuch {
  std::string field;  // the path that the error must name
  std::string limit;  // what its description must hold
  std::function<void(Request&)> ask;
};

using SearchTooMuch = TooMuch<v1::SearchRequest>;

std::vector<SearchTooMuch> QueryTooMuch() {
  auto query = [](std::string limit, std::string text) {
    return SearchTooMuch{"query", std::move(limit),
                         [text = std::move(text)](v1::SearchRequest& request) { request.set_query(text); }};
  };
  return {query("1024", std::string(1'025, 'a')),           query("64", Repeat("word ", 65)),
          query("16", Repeat("(a ", 17) + Repeat(")", 17)), query("2", "abc* abd* abe*"),
          query("100", "flood NEAR/101 harbour"),           query("100", "\"flood harbour\"~101")};
}

v1::ValuesFilter* AddValues(v1::FilterList& list, int count) {
  auto* values = list.add_filters()->mutable_in_values();
  values->set_field("source");
  for (int i = 0; i < count; ++i)
    values->add_values("x");
  return values;
}

std::vector<SearchTooMuch> FilterTooMuch() {
  return {{"filter" + Repeat(".all_of.filters[0]", 8), "8",
           [](v1::SearchRequest& request) {
             v1::Filter* filter = request.mutable_filter();
             for (int i = 0; i < 8; ++i)
               filter = filter->mutable_all_of()->add_filters();
             filter->mutable_exists()->set_field("source");
           }},
          {"filter.any_of.filters[255]", "256",
           [](v1::SearchRequest& request) {
             for (int i = 0; i < 256; ++i)
               AddValues(*request.mutable_filter()->mutable_any_of(), 1);
           }},
          {"filter.any_of.filters[1].in_values.values", "1024", [](v1::SearchRequest& request) {
             AddValues(*request.mutable_filter()->mutable_any_of(), 1'000);
             AddValues(*request.mutable_filter()->mutable_any_of(), 25);
           }}};
}

// A facet of `field` that `change` makes too large.
SearchTooMuch FacetTooMuch(const std::string& path, std::string limit, const std::string& field,
                           std::function<void(v1::FacetSpec&)> change) {
  return {"facets[0]." + path, std::move(limit), [field, change = std::move(change)](v1::SearchRequest& request) {
            request.add_facets()->set_field(field);
            change(*request.mutable_facets(0));
          }};
}

std::vector<SearchTooMuch> FacetsTooMuch() {
  const std::string long_text(257, 'a');
  auto ranges = [](v1::FacetSpec& facet) {
    for (int i = 0; i < 101; ++i)
      facet.mutable_number_ranges()->add_ranges();
  };
  auto times = [](v1::FacetSpec& facet) {
    for (int i = 0; i < 101; ++i)
      facet.mutable_time_ranges()->add_ranges();
  };
  return {
      FacetTooMuch("terms.limit", "1000", "source", [](auto& facet) { facet.mutable_terms()->set_limit(1'001); }),
      FacetTooMuch("terms.prefix", "256", "source", [=](auto& facet) { facet.mutable_terms()->set_prefix(long_text); }),
      FacetTooMuch("terms.contains", "256", "source",
                   [=](auto& facet) { facet.mutable_terms()->set_contains(long_text); }),
      FacetTooMuch("terms.hierarchy.parent", "256", "section",
                   [=](auto& facet) { facet.mutable_terms()->mutable_hierarchy()->set_parent(long_text); }),
      FacetTooMuch("terms.hierarchy.separator", "8", "section",
                   [](auto& facet) { facet.mutable_terms()->mutable_hierarchy()->set_separator("123456789"); }),
      FacetTooMuch("number_ranges.ranges", "100", "word_count", ranges),
      FacetTooMuch("time_ranges.ranges", "100", "published_time", times),
      {"facets", "16",
       [](v1::SearchRequest& request) {
         for (int i = 0; i < 17; ++i) {
           request.add_facets()->set_field("source");
           request.mutable_facets(i)->set_name(std::to_string(i));
         }
       }},
      {"facets[4].measures", "4",
       [](v1::SearchRequest& request) {
         for (int i = 0; i < 5; ++i) {
           request.add_facets()->set_field("source");
           request.mutable_facets(i)->set_name(std::to_string(i));
           request.mutable_facets(i)->add_measures(v1::FACET_MEASURE_SOURCES);
         }
       }},
  };
}

std::vector<SearchTooMuch> RankingTooMuch() {
  auto expansion = [](v1::SearchRequest& request) { return request.mutable_ranking()->mutable_expansion(); };
  auto recency = [](v1::SearchRequest& request) { return request.mutable_ranking()->mutable_recency(); };
  auto weigh = [](v1::SearchRequest& request, const std::string& source, double weight) {
    auto* added = request.mutable_ranking()->add_source_weights();
    added->set_source(source);
    added->set_weight(weight);
  };
  return {
      {"ranking.source_weights", "100",
       [=](v1::SearchRequest& request) {
         for (int i = 0; i < 101; ++i)
           weigh(request, std::to_string(i), 1);
       }},
      {"ranking.source_weights[0].weight", "10", [=](v1::SearchRequest& request) { weigh(request, "Tidewire", 10.1); }},
      {"ranking.expansion.documents", "50", [=](v1::SearchRequest& request) { expansion(request)->set_documents(51); }},
      {"ranking.expansion.terms", "50", [=](v1::SearchRequest& request) { expansion(request)->set_terms(51); }},
      {"ranking.recency.half_life", "one minute",
       [=](v1::SearchRequest& request) { recency(request)->mutable_half_life()->set_seconds(59); }},
      {"ranking.recency.weight", "1", [=](v1::SearchRequest& request) {
         recency(request)->mutable_half_life()->set_seconds(60);
         recency(request)->set_weight(1.1);
       }}};
}

std::vector<SearchTooMuch> ShapeTooMuch() {
  return {{"highlight.snippet_bytes", "2000",
           [](v1::SearchRequest& request) { request.mutable_highlight()->set_snippet_bytes(2'001); }},
          {"highlight.snippet_bytes", "40",
           [](v1::SearchRequest& request) { request.mutable_highlight()->set_snippet_bytes(39); }},
          {"highlight.max_snippets", "5",
           [](v1::SearchRequest& request) { request.mutable_highlight()->set_max_snippets(6); }},
          {"page_size", "100", [](v1::SearchRequest& request) { request.set_page_size(-1); }},
          {"page_token", "leave it out",
           [](v1::SearchRequest& request) { request.set_page_token(std::string(1'025, 'a')); }},
          {"group.hits_per_group", "10",
           [](v1::SearchRequest& request) {
             request.mutable_group()->set_field("source");
             request.mutable_group()->set_hits_per_group(11);
           }},
          {"fairness.max_per_page", "100", [](v1::SearchRequest& request) {
             request.mutable_fairness()->set_field("source");
             request.mutable_fairness()->set_max_per_page(101);
           }}};
}

// A query, filter or shape of a search that other methods take, too, as their request.
template <typename Request>
TooMuch<Request> WithQuery(const SearchTooMuch& much) {
  return {much.field, much.limit, [much](Request& request) {
            v1::SearchRequest search;
            much.ask(search);
            request.set_query(search.query());
            if constexpr (requires { request.mutable_filter(); }) {
              if (search.has_filter()) *request.mutable_filter() = search.filter();
            }
          }};
}

TooMuch<v1::WatchArticlesRequest> Heartbeat(int64_t seconds) {
  return {"heartbeat", "1 second to 5 minutes",
          [seconds](v1::WatchArticlesRequest& request) { request.mutable_heartbeat()->set_seconds(seconds); }};
}

class SearchLimitsTest : public ::testing::Test {
 protected:
  template <typename Request, typename Response>
  void ExpectRefused(SearchMethod<Request, Response> method, const TooMuch<Request>& much) {
    Request request;
    much.ask(request);
    Response response;
    ExpectNamed(search_.Call(method, request, response), much.field, much.limit);
  }

  template <typename Request, typename Response>
  void ExpectStreamRefused(SearchStream<Request, Response> method, const TooMuch<Request>& much) {
    Request request;
    much.ask(request);
    ExpectNamed(search_.Read(method, request, std::chrono::minutes(1), kEveryElement), much.field, much.limit);
  }

  static void ExpectNamed(const absl::Status& status, const std::string& field, const std::string& limit) {
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << field << " " << limit;
    EXPECT_NE(ReasonOf(status), "") << field;
    const auto violations = FieldViolationsOf(status);
    ASSERT_THAT(violations, SizeIs(1)) << field << ": " << status;
    EXPECT_EQ(violations[0].field, field);
    EXPECT_THAT(violations[0].description, HasSubstr(limit)) << field;
    EXPECT_THAT(std::string(status.message()), StartsWith(field));
  }

  void ExpectSearchesRefused(const std::vector<SearchTooMuch>& searches) {
    for (const SearchTooMuch& much : searches)
      ExpectRefused(&SearchClient::Search, much);
  }

  support::TempDirectory directory_;
  support::TestIndex index_{directory_.path() / "index"};
  RunningSearch search_{directory_.path() / "index"};
};

TEST_F(SearchLimitsTest, OfAQueryAreNamed) {
  ExpectSearchesRefused(QueryTooMuch());
}

TEST_F(SearchLimitsTest, OfAFilterAreNamed) {
  ExpectSearchesRefused(FilterTooMuch());
}

TEST_F(SearchLimitsTest, OfFacetsAreNamed) {
  ExpectSearchesRefused(FacetsTooMuch());
}

TEST_F(SearchLimitsTest, OfPagesGroupsAndHighlightsAreNamed) {
  ExpectSearchesRefused(ShapeTooMuch());
}

TEST_F(SearchLimitsTest, OfRankingAreNamed) {
  ExpectSearchesRefused(RankingTooMuch());
}

TEST_F(SearchLimitsTest, OfAQueryAreTheSameInParseQuery) {
  for (const SearchTooMuch& much : QueryTooMuch())
    ExpectRefused(&SearchClient::ParseQuery, WithQuery<v1::ParseQueryRequest>(much));
}

TEST_F(SearchLimitsTest, OfQueriesAndFiltersAreTheSameInStreams) {
  auto all = QueryTooMuch();
  for (auto& much : FilterTooMuch())
    all.push_back(std::move(much));
  for (const SearchTooMuch& much : all) {
    ExpectStreamRefused(&SearchClient::ExportArticles, WithQuery<v1::ExportArticlesRequest>(much));
    ExpectStreamRefused(&SearchClient::WatchArticles, WithQuery<v1::WatchArticlesRequest>(much));
  }
}

TEST_F(SearchLimitsTest, OfHeartbeatsAreNamed) {
  ExpectStreamRefused(&SearchClient::WatchArticles, Heartbeat(0));
  ExpectStreamRefused(&SearchClient::WatchArticles, Heartbeat(301));
}

TEST_F(SearchLimitsTest, OfBatchSearchAreNamed) {
  ExpectRefused(&SearchClient::BatchSearch,
                TooMuch<v1::BatchSearchRequest>{"requests", "20", [](v1::BatchSearchRequest& request) {
                                                  for (int i = 0; i < 21; ++i)
                                                    request.add_requests();
                                                }});
}

TEST_F(SearchLimitsTest, OfBatchGetArticlesAreNamed) {
  ExpectRefused(&SearchClient::BatchGetArticles,
                TooMuch<v1::BatchGetArticlesRequest>{"ids", "100", [](v1::BatchGetArticlesRequest& request) {
                                                       for (int i = 0; i < 101; ++i)
                                                         request.add_ids(absl::StrCat(i));
                                                     }});
}

TEST_F(SearchLimitsTest, OfSimilarArticlesAreNamed) {
  using Much = TooMuch<v1::SimilarArticlesRequest>;
  const Much text = {"text", "65536", [](auto& request) { request.set_text(std::string(64 * 1'024 + 1, 'a')); }};
  const Much page = {"page_size", "100", [](auto& request) {
                       request.set_text("a ferry");
                       request.set_page_size(-1);
                     }};
  for (const Much& much : {text, page})
    ExpectRefused(&SearchClient::SimilarArticles, much);
}

TEST_F(SearchLimitsTest, OfSuggestAreNamed) {
  using Much = TooMuch<v1::SuggestRequest>;
  const Much text = {"text", "256", [](auto& request) { request.set_text(std::string(257, 'a')); }};
  const Much limit = {"limit", "20", [](auto& request) {
                        request.set_text("fer");
                        request.set_limit(21);
                      }};
  for (const Much& much : {text, limit})
    ExpectRefused(&SearchClient::Suggest, much);
}

TEST_F(SearchLimitsTest, OfSignificantTermsAndTrendsAreNamed) {
  ExpectRefused(&SearchClient::SignificantTerms,
                TooMuch<v1::SignificantTermsRequest>{"limit", "100", [](auto& request) { request.set_limit(101); }});
  ExpectRefused(&SearchClient::Trends,
                TooMuch<v1::TrendsRequest>{"limit", "100", [](auto& request) {
                                             request.mutable_window()->mutable_start()->set_seconds(1);
                                             request.mutable_window()->mutable_end()->set_seconds(2);
                                             request.set_limit(101);
                                           }});
  for (const SearchTooMuch& much : QueryTooMuch())
    ExpectRefused(&SearchClient::SignificantTerms, WithQuery<v1::SignificantTermsRequest>(much));
}

}  // namespace
}  // namespace broadsheet::search
