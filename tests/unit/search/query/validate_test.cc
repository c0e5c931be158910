#include "search/query/validate.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace broadsheet::search {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

v1::SearchRequest FromText(const std::string& text) {
  v1::SearchRequest request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  return request;
}

SearchQuery Valid(const std::string& text) {
  auto query = Validate(FromText(text));
  EXPECT_TRUE(query.ok()) << text << ": " << query.status();
  return query.ok() ? *query : SearchQuery{};
}

TEST(Validate, FillsInEveryDefault) {
  SearchQuery query = Valid("query: 'flood jakarta'");
  EXPECT_EQ(query.order, v1::ORDER_RELEVANCE);
  EXPECT_EQ(query.page_size, 10);
  EXPECT_EQ(query.view, v1::ARTICLE_VIEW_CARD);
  EXPECT_TRUE(query.highlight.enabled);
  EXPECT_EQ(query.highlight.snippet_bytes, 240);
  EXPECT_EQ(query.highlight.max_snippets, 1);
  EXPECT_FALSE(query.filter.has_value());
  EXPECT_FALSE(query.after.has_value());
  EXPECT_FALSE(query.exact_words);
}

TEST(Validate, PutsTheNewestFirstWhenThereAreNoWordsToRankBy) {
  EXPECT_EQ(Valid("").order, v1::ORDER_NEWEST);
  EXPECT_EQ(Valid("query: '-flood'").order, v1::ORDER_NEWEST);
  EXPECT_EQ(Valid("query: '*'").order, v1::ORDER_NEWEST);
  EXPECT_EQ(Valid("query: 'flood' order: ORDER_OLDEST").order, v1::ORDER_OLDEST);
  EXPECT_EQ(Valid("order: ORDER_RELEVANCE").order, v1::ORDER_RELEVANCE);
}

TEST(Validate, TakesWhatIsAsked) {
  SearchQuery query = Valid(
      "query: 'flood' page_size: 500 view: ARTICLE_VIEW_ID exact_total: true explain: true min_sequence: 7 "
      "lineage: 'l' highlight { snippet_bytes: 40 max_snippets: 5 } query_options { exact_words: true }");
  EXPECT_EQ(query.page_size, 100);
  EXPECT_EQ(query.view, v1::ARTICLE_VIEW_ID);
  EXPECT_TRUE(query.exact_total);
  EXPECT_TRUE(query.explain);
  EXPECT_TRUE(query.exact_words);
  EXPECT_EQ(query.min_sequence, 7);
  EXPECT_EQ(query.lineage, "l");
  EXPECT_EQ(query.highlight.snippet_bytes, 40);
  EXPECT_EQ(query.highlight.max_snippets, 5);
  EXPECT_FALSE(Valid("highlight { disabled: true }").highlight.enabled);
}

std::string MeasuredFacets(int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    absl::StrAppend(&text, "facets { field: 'tags' name: '", i, "' measures: FACET_MEASURE_ORIGINALS }");
  return text;
}

TEST(Validate, ReadsGroupsFairnessMeasuresAndPaths) {
  SearchQuery query = Valid(R"(
      group { field: 'copies' hits_per_group: 10 } facet_budget: 7
      facets { field: 'section' measures: FACET_MEASURE_SOURCES
               terms { contains: 'ÉT' hierarchy { separator: '>' parent: ' a > b c>' } } }
      facets { field: 'word_count' number_stats {} })");
  EXPECT_EQ(query.group->field, nullptr);
  EXPECT_EQ(query.group->hits, 10);
  EXPECT_EQ(query.facet_budget, 7);
  EXPECT_TRUE(query.facets[0].sources);
  EXPECT_FALSE(query.facets[0].originals);
  EXPECT_EQ(query.facets[0].contains, "et");
  EXPECT_EQ(query.facets[0].hierarchy->separator, ">");
  EXPECT_THAT(query.facets[0].hierarchy->parent, ElementsAre("a", "b c"));
  EXPECT_EQ(query.facets[1].kind, FacetKind::kNumberStats);
  query = Valid("group { field: 'source' }");
  EXPECT_EQ(query.group->field->name, "source");
  EXPECT_EQ(query.group->hits, 1);
  query = Valid("fairness { field: 'section' max_per_page: 100 }");
  EXPECT_EQ(query.fairness->field->name, "section");
  EXPECT_EQ(query.fairness->max_per_page, 100);
  EXPECT_EQ(Valid(MeasuredFacets(4)).facets.size(), 4u);
}

TEST(Validate, ReadsFacets) {
  SearchQuery query = Valid(R"(
      facets { field: 'source' }
      facets { field: 'tags' terms { limit: 1000 order: FACET_ORDER_VALUE prefix: 'Écon' }
               excluded_filter_fields: 'tags' excluded_filter_fields: 'attributes.desk' }
      facets { field: 'published_time' }
      facets { field: 'published_time' name: 'by day'
               date_histogram { interval: DATE_INTERVAL_DAY time_zone: 'Asia/Tokyo' } }
      facets { field: 'word_count' number_ranges { ranges { max: 99 } ranges { min: 100 max: 100 } } }
      facets { field: 'updated_time' time_ranges { ranges { start { seconds: 1 nanos: 1 } end { seconds: 2 } } } })");
  ASSERT_THAT(query.facets, SizeIs(6));
  EXPECT_EQ(query.facets[0].name, "source");
  EXPECT_EQ(query.facets[0].kind, FacetKind::kTerms);
  EXPECT_EQ(query.facets[0].limit, 10);
  EXPECT_FALSE(query.facets[0].by_value);
  EXPECT_EQ(query.facets[1].limit, 1000);
  EXPECT_TRUE(query.facets[1].by_value);
  EXPECT_EQ(query.facets[1].prefix, "econ");
  EXPECT_THAT(query.facets[1].excluded_filter_fields, ElementsAre("attributes.desk", "tags"));
  EXPECT_EQ(query.facets[2].kind, FacetKind::kDateHistogram);
  EXPECT_EQ(query.facets[2].interval, v1::DATE_INTERVAL_MONTH);
  EXPECT_EQ(query.facets[2].time_zone.name(), "UTC");
  EXPECT_EQ(query.facets[3].name, "by day");
  EXPECT_EQ(query.facets[3].interval, v1::DATE_INTERVAL_DAY);
  EXPECT_EQ(query.facets[3].time_zone.name(), "Asia/Tokyo");
  ASSERT_THAT(query.facets[4].ranges, SizeIs(2));
  EXPECT_EQ(query.facets[4].ranges[0].min, std::numeric_limits<int64_t>::min());
  EXPECT_EQ(query.facets[4].ranges[0].max, 99);
  EXPECT_EQ(query.facets[4].ranges[1].min, 100);
  ASSERT_THAT(query.facets[5].ranges, SizeIs(1));
  EXPECT_EQ(query.facets[5].ranges[0].min, 1'000'001);
  EXPECT_EQ(query.facets[5].ranges[0].max, 1'999'999);
}

struct Refusal {
  std::string request;
  std::string reason;
  std::string path;
  std::string description;
};

std::string Times(int count, const std::string& text) {
  std::string result;
  for (int i = 0; i < count; ++i)
    result += text;
  return result;
}

TEST(Validate, NamesThePathTheLimitAndTheWayOut) {
  const std::vector<Refusal> cases = {
      {"query: 'a* abc* abd* abe*'", "QUERY_PREFIXES", "query", "limit is 2"},
      {"query_options { match_mode: 9 }", "MATCH_MODE", "query_options.match_mode", "no match mode"},
      {"filter {}", "FILTER_EMPTY", "filter", "give one of"},
      {"page_size: -1", "PAGE_SIZE", "page_size", "1 to 100"},
      {"page_token: 'x'", "PAGE_TOKEN_DAMAGED", "page_token", "leave it out"},
      {"order: 9", "ORDER", "order", "no order"},
      {"copies: 9", "COPIES", "copies", "COPY_MODE_HIDE"},
      {"view: 9", "VIEW", "view", "no view"},
      {"min_sequence: -1", "MIN_SEQUENCE", "min_sequence", "negative"},
      {"highlight { snippet_bytes: 39 }", "SNIPPET_BYTES", "highlight.snippet_bytes", "40 to 2000"},
      {"highlight { snippet_bytes: 2001 }", "SNIPPET_BYTES", "highlight.snippet_bytes", "40 to 2000"},
      {"highlight { snippet_bytes: -1 }", "SNIPPET_BYTES", "highlight.snippet_bytes", "40 to 2000"},
      {"highlight { max_snippets: 6 }", "MAX_SNIPPETS", "highlight.max_snippets", "1 to 5"},
      {"highlight { max_snippets: -1 }", "MAX_SNIPPETS", "highlight.max_snippets", "1 to 5"},
      {Times(17, "facets { field: 'source' }"), "FACETS", "facets", "limit is 16"},
      {"facets {}", "FACET_FIELD", "facets[0].field", "use one of source, authors"},
      {"facets { field: 'url' }", "FACET_FIELD", "facets[0].field", "use one of"},
      {"facets { field: 'sequence' }", "FACET_FIELD", "facets[0].field", "use one of"},
      {"facets { field: 'tags' } facets { field: 'tags' }", "FACET_NAME", "facets[1].name", "give each its own"},
      {"facets { field: 'tags' } facets { field: 'source' name: 'tags' }", "FACET_NAME", "facets[1].name", "own"},
      {"facets { field: 'tags' date_histogram {} }", "FACET_KIND", "facets[0]", "use terms"},
      {"facets { field: 'published_time' terms {} }", "FACET_KIND", "facets[0]", "use date_histogram or time_ranges"},
      {"facets { field: 'word_count' }", "FACET_KIND", "facets[0]", "needs number_ranges"},
      {"facets { field: 'word_count' terms {} }", "FACET_KIND", "facets[0]", "use number_ranges"},
      {"facets { field: 'tags' number_stats {} }", "FACET_KIND", "facets[0]", "use terms"},
      {"facets { field: 'word_count' number_stats {} measures: FACET_MEASURE_SOURCES }", "FACET_MEASURE",
       "facets[0].measures[0]", "no buckets"},
      {"facets { field: 'tags' measures: FACET_MEASURE_UNSPECIFIED }", "FACET_MEASURE", "facets[0].measures[0]",
       "use FACET_MEASURE_ORIGINALS"},
      {"facets { field: 'tags' measures: 9 }", "FACET_MEASURE", "facets[0].measures[0]", "is no measure"},
      {absl::StrCat("facets { field: 'tags' terms { prefix: '", std::string(257, 'x'), "' } }"), "FACET_TEXT",
       "facets[0].terms.prefix", "limit is 256"},
      {absl::StrCat("facets { field: 'tags' terms { contains: '", std::string(257, 'x'), "' } }"), "FACET_TEXT",
       "facets[0].terms.contains", "limit is 256"},
      {"facets { field: 'tags' terms { hierarchy { separator: 'more than 8' } } }", "FACET_TEXT",
       "facets[0].terms.hierarchy.separator", "limit is 8"},
      {"facets { field: 'tags' terms { hierarchy { separator: '  ' } } }", "FACET_SEPARATOR",
       "facets[0].terms.hierarchy.separator", "blank"},
      {absl::StrCat("facets { field: 'tags' terms { hierarchy { parent: '", std::string(257, 'x'), "' } } }"),
       "FACET_TEXT", "facets[0].terms.hierarchy.parent", "limit is 256"},
      {MeasuredFacets(5), "FACET_MEASURES", "facets[4].measures", "limit is 4"},
      {"facet_budget: -1", "FACET_BUDGET", "facet_budget", "0 for all"},
      {"group {}", "GROUP_FIELD", "group.field",
       "is missing: use one of source, section, language, published_time, published_day, updated_time, ingested_time, "
       "word_count, revision, copies"},
      {"group { field: 'tags' }", "GROUP_FIELD", "group.field", "several values"},
      {"group { field: 'original' }", "GROUP_FIELD", "group.field", "copies"},
      {"group { field: 'source' hits_per_group: 11 }", "GROUP_HITS", "group.hits_per_group", "1 to 10"},
      {"group { field: 'source' hits_per_group: -1 }", "GROUP_HITS", "group.hits_per_group", "1 to 10"},
      {"fairness { max_per_page: 1 }", "FAIRNESS_FIELD", "fairness.field", "use one of source, section, language"},
      {"fairness { field: 'copies' max_per_page: 1 }", "FAIRNESS_FIELD", "fairness.field", "use one of"},
      {"fairness { field: 'source' }", "FAIRNESS_MAX", "fairness.max_per_page", "1 to 100"},
      {"fairness { field: 'source' max_per_page: 101 }", "FAIRNESS_MAX", "fairness.max_per_page", "1 to 100"},
      {"group { field: 'source' } fairness { field: 'source' max_per_page: 1 }", "GROUP_AND_FAIRNESS", "fairness",
       "leave out group"},
      {"facets { field: 'tags' terms { limit: 1001 } }", "FACET_LIMIT", "facets[0].terms.limit", "1 to 1000"},
      {"facets { field: 'tags' terms { limit: -1 } }", "FACET_LIMIT", "facets[0].terms.limit", "1 to 1000"},
      {"facets { field: 'tags' terms { order: 9 } }", "FACET_ORDER", "facets[0].terms.order", "no order"},
      {"facets { field: 'published_time' date_histogram { interval: 9 } }", "FACET_INTERVAL",
       "facets[0].date_histogram.interval", "no interval"},
      {"facets { field: 'published_time' date_histogram { time_zone: 'Mars/Base' } }", "TIME_ZONE",
       "facets[0].date_histogram.time_zone", "Asia/Tokyo"},
      {"facets { field: 'published_time' date_histogram { time_zone: '../../../etc/passwd' } }", "TIME_ZONE",
       "facets[0].date_histogram.time_zone", "Asia/Tokyo"},
      {"facets { field: 'published_day' date_histogram { time_zone: 'Asia/Tokyo' } }", "TIME_ZONE",
       "facets[0].date_histogram.time_zone", "count by published_time"},
      {"facets { field: 'published_time' date_histogram { time_zone: 'localtime' } }", "TIME_ZONE",
       "facets[0].date_histogram.time_zone", "Asia/Tokyo"},
      {"facets { field: 'word_count' number_ranges {} }", "FACET_RANGES", "facets[0].number_ranges.ranges", "1 to 100"},
      {absl::StrCat("facets { field: 'word_count' number_ranges {", Times(101, " ranges {}"), "} }"), "FACET_RANGES",
       "facets[0].number_ranges.ranges", "1 to 100"},
      {"facets { field: 'word_count' number_ranges { ranges {} ranges { min: 2 max: 1 } } }", "NUMBER_RANGE",
       "facets[0].number_ranges.ranges[1]", "swap"},
      {"facets { field: 'published_time' time_ranges { ranges { start { seconds: 2 } end { seconds: 1 } } } }",
       "TIME_RANGE", "facets[0].time_ranges.ranges[0]", "swap"},
      {"facets { field: 'tags' excluded_filter_fields: 'tags' excluded_filter_fields: 'title' }",
       "FACET_EXCLUDED_FIELD", "facets[0].excluded_filter_fields[1]", "GetIndexInfo"},
  };
  for (const Refusal& each : cases) {
    absl::Status status = Validate(FromText(each.request)).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << each.request;
    EXPECT_EQ(ReasonOf(status), each.reason) << each.request;
    ASSERT_THAT(FieldViolationsOf(status), SizeIs(1)) << each.request;
    EXPECT_EQ(FieldViolationsOf(status)[0].field, each.path) << each.request;
    EXPECT_THAT(FieldViolationsOf(status)[0].description, HasSubstr(each.description)) << each.request;
  }
}

TEST(Validate, TakesAPageTokenWithTheRequestItBelongsTo) {
  const std::string asked = "query: 'flood' filter { exists { field: 'url' } }";
  PagePosition position;
  position.article_id = "article-7";
  v1::SearchRequest next = FromText(asked);
  next.set_page_token(EncodePageToken(position, Valid(asked).fingerprint));

  struct Change {
    std::string text;
    bool allowed;
  };
  const std::vector<Change> changes = {
      {"", true},
      {"page_size: 20", true},
      {"facets { field: 'tags' }", true},
      {"view: ARTICLE_VIEW_FULL", true},
      {"highlight { disabled: true }", true},
      {"explain: true", true},
      {"min_sequence: 7", true},
      {"lineage: 'l'", true},
      {"order: ORDER_RELEVANCE", true},  // as it was by default
      {"copies: COPY_MODE_SHOW", true},
      {"copies: COPY_MODE_HIDE", false},
      {"query_options { match_mode: MATCH_MODE_ALL_WORDS }", true},
      {"query: 'flood jakarta'", false},
      {"order: ORDER_NEWEST", false},
      {"query_options { match_mode: MATCH_MODE_ANY_WORD }", false},
      {"query_options { exact_words: true }", false},
      {"filter { exists { field: 'source' } }", false},
      {"exact_total: true", false},
  };
  for (const Change& change : changes) {
    v1::SearchRequest request = next;
    request.MergeFrom(FromText(change.text));
    auto query = Validate(request);
    EXPECT_EQ(query.ok(), change.allowed) << change.text << query.status();
    if (query.ok()) {
      ASSERT_TRUE(query->after.has_value());
      EXPECT_EQ(*query->after, position);
    } else {
      EXPECT_EQ(ReasonOf(query.status()), "PAGE_TOKEN_OTHER_QUERY") << change.text;
    }
  }
}

}  // namespace
}  // namespace broadsheet::search
