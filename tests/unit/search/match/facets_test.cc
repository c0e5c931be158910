#include "search/match/facets.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/error.h"
#include "common/text/unicode.h"
#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAreArray;
using Predicate = std::function<bool(const v1::Article&)>;
using Values = std::function<std::vector<std::string>(const v1::Article&)>;

// The filter that every test gives, and its parts.
bool InMoney(const v1::Article& article) {
  return article.section() == "Money";
}
bool Short(const v1::Article& article) {
  return article.word_count() <= 600;
}

class FacetsTest : public ::testing::Test {
 protected:
  FacetsTest() {
    request_.set_query("karn OR lund");
    auto* all = request_.mutable_filter()->mutable_all_of();
    auto* section = all->add_filters()->mutable_in_values();
    section->set_field("section");
    section->add_values("Money");
    auto* words = all->add_filters()->mutable_number_range();
    words->set_field("word_count");
    words->set_max(600);
  }

  std::vector<const v1::Article*> Considered(bool without_section) const {
    std::vector<const v1::Article*> found;
    for (const auto& article : corpus_.articles()) {
      bool words = Has(article, "karn") || Has(article, "lund");
      if (words && Short(article) && (without_section || InMoney(article))) found.push_back(&article);
    }
    return found;
  }

  v1::FacetSpec& Ask(const std::string& field, bool without_section) {
    v1::FacetSpec& spec = *request_.add_facets();
    spec.set_field(field);
    if (without_section) spec.add_excluded_filter_fields("section");
    spec.set_name(field + std::to_string(request_.facets_size()));
    return spec;
  }

  SearchResult Run() {
    auto result = corpus_.Search(request_);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *std::move(result) : SearchResult{};
  }

  Corpus corpus_{400};
  v1::SearchRequest request_;
};

std::vector<std::string> Present(const std::string& value) {
  return value.empty() ? std::vector<std::string>{} : std::vector<std::string>{value};
}

std::vector<std::string> Present(const google::protobuf::RepeatedPtrField<std::string>& values) {
  return {values.begin(), values.end()};
}

const std::map<std::string, Values>& TermsFields() {
  static const std::map<std::string, Values> fields = {
      {"source", [](const auto& a) { return Present(a.source()); }},
      {"authors", [](const auto& a) { return Present(a.authors()); }},
      {"section", [](const auto& a) { return Present(a.section()); }},
      {"tags", [](const auto& a) { return Present(a.tags()); }},
      {"language", [](const auto& a) { return Present(a.language()); }},
  };
  return fields;
}

// What a terms facet must say, by a plain loop.
v1::FacetResult ExpectedTerms(const std::vector<const v1::Article*>& articles, const Values& values, size_t limit,
                              bool by_value, const std::string& prefix) {
  std::map<std::string, int64_t> counts;
  v1::FacetResult expected;
  for (const auto* article : articles) {
    auto found = values(*article);
    if (found.empty()) expected.set_missing(expected.missing() + 1);
    for (const auto& value : std::set<std::string>(found.begin(), found.end())) {
      if (FoldForMatch(value).substr(0, prefix.size()) == prefix) ++counts[value];
    }
  }
  std::vector<std::pair<std::string, int64_t>> ordered(counts.begin(), counts.end());
  if (!by_value) {
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  }
  expected.set_considered(static_cast<int64_t>(articles.size()));
  expected.set_distinct_values(static_cast<int64_t>(ordered.size()));
  for (size_t i = 0; i < ordered.size(); ++i) {
    if (i >= limit) {
      expected.set_other_count(expected.other_count() + ordered[i].second);
    } else {
      auto* bucket = expected.add_buckets();
      bucket->set_value(ordered[i].first);
      bucket->set_count(ordered[i].second);
    }
  }
  expected.set_exact(true);
  return expected;
}

void ExpectSame(v1::FacetResult actual, v1::FacetResult expected, const v1::FacetSpec& spec) {
  expected.set_name(spec.name());
  expected.set_field(spec.field());
  EXPECT_EQ(actual.DebugString(), expected.DebugString());
}

TEST_F(FacetsTest, TermsAreCountedAsByAPlainLoopWithAndWithoutTheirOwnFilter) {
  for (auto order : {v1::ORDER_RELEVANCE, v1::ORDER_NEWEST}) {
    for (bool by_value : {false, true}) {
      request_.clear_facets();
      request_.set_order(order);
      std::vector<v1::FacetResult> expected;
      for (const auto& [field, values] : TermsFields()) {
        for (bool without_section : {false, true}) {
          for (const char* prefix : {"", "ev"}) {
            if (request_.facets_size() == 16) break;
            auto* terms = Ask(field, without_section).mutable_terms();
            terms->set_limit(4);
            terms->set_order(by_value ? v1::FACET_ORDER_VALUE : v1::FACET_ORDER_COUNT);
            terms->set_prefix(prefix);
            expected.push_back(ExpectedTerms(Considered(without_section), values, 4, by_value, prefix));
          }
        }
      }
      auto result = Run();
      ASSERT_EQ(result.facets.size(), expected.size());
      for (size_t i = 0; i < expected.size(); ++i) {
        ExpectSame(result.facets[i], expected[i], request_.facets(static_cast<int>(i)));
      }
      EXPECT_EQ(result.total.value(), static_cast<int64_t>(Considered(false).size()));
      EXPECT_EQ(result.total.relation(), v1::TOTAL_RELATION_EXACT);
    }
  }
}

TEST_F(FacetsTest, AnAccentedPrefixFindsWhatIsWrittenWithoutAccentToo) {
  request_.clear_filter();
  Ask("source", false).mutable_terms()->set_prefix("ÉVE");
  auto result = Run();
  std::set<std::string> values;
  for (const auto& bucket : result.facets.at(0).buckets())
    values.insert(bucket.value());
  EXPECT_EQ(values, (std::set<std::string>{"Évening Star", "evening Echo"}));
}

// The beginning of the interval that holds a time, by the clocks of the zone, counted by its civil name.
std::string CivilName(absl::Time time, const absl::TimeZone& zone, v1::DateInterval interval) {
  absl::CivilSecond now = absl::ToCivilSecond(time, zone);
  switch (interval) {
    case v1::DATE_INTERVAL_HOUR:
      return absl::FormatCivilTime(absl::CivilHour(now));
    case v1::DATE_INTERVAL_DAY:
      return absl::FormatCivilTime(absl::CivilDay(now));
    case v1::DATE_INTERVAL_WEEK: {
      absl::CivilDay day(now);
      while (absl::GetWeekday(day) != absl::Weekday::monday)
        --day;
      return absl::FormatCivilTime(day);
    }
    case v1::DATE_INTERVAL_YEAR:
      return absl::FormatCivilTime(absl::CivilYear(now));
    default:
      return absl::FormatCivilTime(absl::CivilMonth(now));
  }
}

TEST_F(FacetsTest, DateHistogramsFollowTheClocksOfTheZone) {
  request_.clear_filter();
  std::vector<v1::DateInterval> intervals = {v1::DATE_INTERVAL_HOUR, v1::DATE_INTERVAL_DAY, v1::DATE_INTERVAL_WEEK,
                                             v1::DATE_INTERVAL_MONTH, v1::DATE_INTERVAL_YEAR};
  for (const char* name : {"", "Europe/Berlin", "Asia/Kathmandu", "America/New_York"}) {
    absl::TimeZone zone = absl::UTCTimeZone();
    ASSERT_TRUE(*name == '\0' || absl::LoadTimeZone(name, &zone));
    request_.clear_facets();
    for (auto interval : intervals) {
      auto* histogram = Ask("published_time", false).mutable_date_histogram();
      histogram->set_interval(interval);
      histogram->set_time_zone(name);
    }
    auto result = Run();
    for (size_t i = 0; i < intervals.size(); ++i) {
      std::map<std::string, int64_t> expected, actual;
      int64_t missing = 0;
      for (const auto& article : corpus_.articles()) {
        if (!Has(article, "karn") && !Has(article, "lund")) continue;
        if (!article.has_published_time()) {
          ++missing;
          continue;
        }
        ++expected[CivilName(absl::FromUnixSeconds(article.published_time().seconds()), zone, intervals[i])];
      }
      int64_t previous_end = std::numeric_limits<int64_t>::min();
      for (const auto& bucket : result.facets[i].buckets()) {
        actual[CivilName(absl::FromUnixSeconds(bucket.time().start().seconds()), zone, intervals[i])] = bucket.count();
        EXPECT_GE(bucket.time().start().seconds(), previous_end);
        previous_end = bucket.time().end().seconds();
        EXPECT_LT(bucket.time().start().seconds(), previous_end);
      }
      EXPECT_EQ(actual, expected) << name << " " << intervals[i];
      EXPECT_EQ(result.facets[i].missing(), missing);
    }
  }
}

TEST_F(FacetsTest, DaysAreThoseThatArticlesBear) {
  request_.clear_filter();
  request_.clear_facets();
  Ask("published_day", false).mutable_date_histogram()->set_interval(v1::DATE_INTERVAL_DAY);
  const auto result = Run();
  std::map<std::string, int64_t> expected, actual;
  for (const auto& article : corpus_.articles()) {
    if (!Has(article, "karn") && !Has(article, "lund")) continue;
    if (!article.published_day().empty()) ++expected[article.published_day()];
  }
  for (const auto& bucket : result.facets[0].buckets()) {
    const absl::Time start = absl::FromUnixSeconds(bucket.time().start().seconds());
    actual[absl::FormatCivilTime(absl::ToCivilDay(start, absl::UTCTimeZone()))] = bucket.count();
  }
  EXPECT_EQ(actual, expected);
}

// Counts made-up articles, each with these times or these authors.
struct Counted {
  Counted(const FacetSpec& spec, size_t articles) : counter(MakeFacetCounter(spec)) {
    columns.numbers.resize(Fields().size());
    columns.terms.resize(Fields().size());
    for (Xapian::docid docid = 1; docid <= articles; ++docid)
      docids.push_back(docid);
  }

  Counted(const FacetSpec& spec, const std::vector<int64_t>& seconds) : Counted(spec, seconds.size()) {
    std::vector<int64_t> times = {kNoNumber};
    for (int64_t time : seconds)
      times.push_back(time * 1'000'000);
    columns.numbers[static_cast<size_t>(spec.field->id)] = NumbersColumn(times);
  }

  absl::StatusOr<v1::FacetResult> Finish() {
    counter->BeginShard({&columns});
    counter->Count(docids);
    return counter->Finish();
  }

  ShardColumns columns;
  std::vector<Xapian::docid> docids;
  std::unique_ptr<FacetCounter> counter;
};

TEST_F(FacetsTest, AnHourThatComesTwiceIsOneBucketOfTwoHours) {
  FacetSpec spec;
  spec.field = &GetField(FieldId::kPublishedTime);
  spec.kind = FacetKind::kDateHistogram;
  spec.interval = v1::DATE_INTERVAL_HOUR;
  ASSERT_TRUE(absl::LoadTimeZone("Europe/Berlin", &spec.time_zone));
  // 26 October 2025: at 01:00 UTC the clocks go from 03:00 back to 02:00.
  auto result = Counted(spec, {1'761'440'400 - 1'800, 1'761'440'400 + 1'800}).Finish();
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result->buckets_size(), 1);
  EXPECT_EQ(result->buckets(0).count(), 2);
  EXPECT_EQ(result->buckets(0).time().end().seconds() - result->buckets(0).time().start().seconds(), 7'200);
}

TEST_F(FacetsTest, BucketsDivideTimeWhereTheClocksGoBackOverMidnight) {
  FacetSpec spec;
  spec.field = &GetField(FieldId::kPublishedTime);
  spec.kind = FacetKind::kDateHistogram;
  spec.interval = v1::DATE_INTERVAL_DAY;
  ASSERT_TRUE(absl::LoadTimeZone("America/St_Johns", &spec.time_zone));
  // 7 November 2010: at 00:01 back to 23:01 of the day before. Either order of the articles gives the same buckets.
  int64_t turn = absl::ToUnixSeconds(absl::FromCivil(absl::CivilMinute(2010, 11, 7, 0, 0), spec.time_zone)) + 60;
  std::vector<int64_t> times = {turn - 90, turn - 30, turn + 600, turn + 7'200};
  std::string first;
  for (int i = 0; i < 24; ++i) {
    std::string buckets = Counted(spec, times).Finish()->DebugString();
    if (first.empty()) first = buckets;
    EXPECT_EQ(buckets, first);
    std::next_permutation(times.begin(), times.end());
  }
}

TEST_F(FacetsTest, TooManyBucketsAreRefusedWithTheWayOut) {
  FacetSpec spec;
  spec.field = &GetField(FieldId::kPublishedTime);
  spec.kind = FacetKind::kDateHistogram;
  spec.interval = v1::DATE_INTERVAL_HOUR;
  std::vector<int64_t> hours;
  for (int hour = 0; hour < 10'001; ++hour)
    hours.push_back(hour * 3'600);
  EXPECT_EQ(ReasonOf(Counted(spec, hours).Finish().status()), "FACET_BUCKETS");
  hours.pop_back();
  EXPECT_EQ(Counted(spec, hours).Finish()->buckets_size(), 10'000);
}

TEST_F(FacetsTest, RangesOfNumbersAndTimesMayOverlap) {
  auto* numbers = Ask("word_count", true).mutable_number_ranges();
  numbers->add_ranges()->set_max(99);
  numbers->add_ranges()->set_min(50);
  auto* middle = numbers->add_ranges();
  middle->set_min(100);
  middle->set_max(300);
  auto* times = Ask("published_time", true).mutable_time_ranges();
  times->add_ranges()->mutable_end()->set_seconds(1'740'000'000);
  times->add_ranges()->mutable_start()->set_seconds(1'730'000'000);
  auto result = Run();
  std::vector<int64_t> expected_numbers(3), expected_times(2);
  int64_t undated = 0;
  for (const auto* article : Considered(true)) {
    int32_t words = article->word_count();
    expected_numbers[0] += words <= 99;
    expected_numbers[1] += words >= 50;
    expected_numbers[2] += words >= 100 && words <= 300;
    undated += !article->has_published_time();
    if (!article->has_published_time()) continue;
    expected_times[0] += article->published_time().seconds() < 1'740'000'000;
    expected_times[1] += article->published_time().seconds() >= 1'730'000'000;
  }
  auto counts = [](const v1::FacetResult& facet) {
    std::vector<int64_t> found;
    for (const auto& bucket : facet.buckets())
      found.push_back(bucket.count());
    return found;
  };
  EXPECT_THAT(counts(result.facets[0]), ElementsAreArray(expected_numbers));
  EXPECT_THAT(counts(result.facets[1]), ElementsAreArray(expected_times));
  EXPECT_EQ(result.facets[1].missing(), undated);
  EXPECT_FALSE(result.facets[0].buckets(0).number().has_min());
  EXPECT_EQ(result.facets[0].buckets(2).number().max(), 300);
  EXPECT_FALSE(result.facets[1].buckets(0).time().has_start());
  EXPECT_EQ(result.facets[1].buckets(0).time().end().seconds(), 1'740'000'000);
}

TEST_F(FacetsTest, AnArticleThatRepeatsAValueCountsOnce) {
  request_.Clear();
  request_.set_query("onlyhere");
  request_.add_facets()->set_field("authors");
  for (const std::vector<std::string>& authors : {std::vector<std::string>{"Ann", "Ann", "Bo"}, {"Ann"}}) {
    v1::Article article = corpus_.Invent("repeats-" + std::to_string(authors.size()));
    article.set_body("onlyhere");
    article.mutable_authors()->Assign(authors.begin(), authors.end());
    corpus_.Add(std::move(article));
  }
  corpus_.Commit();
  auto result = Run();
  ASSERT_EQ(result.facets.at(0).buckets_size(), 2);
  EXPECT_EQ(result.facets[0].buckets(0).value(), "Ann");
  EXPECT_EQ(result.facets[0].buckets(0).count(), 2);
}

TEST_F(FacetsTest, TheTotalIsExactWithFacetsEvenIfEachLeavesOutAFilter) {
  for (auto order : {v1::ORDER_RELEVANCE, v1::ORDER_OLDEST}) {
    request_.clear_facets();
    request_.set_order(order);
    Ask("source", true);
    auto result = Run();
    EXPECT_EQ(result.total.value(), static_cast<int64_t>(Considered(false).size()));
    EXPECT_EQ(result.total.relation(), v1::TOTAL_RELATION_EXACT);
    EXPECT_EQ(result.facets[0].considered(), static_cast<int64_t>(Considered(true).size()));
  }
}

TEST_F(FacetsTest, APageAndItsFacetsAreCountedOverTheWholeQueryOnEveryPage) {
  request_.set_order(v1::ORDER_OLDEST);
  request_.set_page_size(3);
  Ask("source", false);
  auto first = Run();
  request_.set_page_token(first.next_page_token);
  auto second = Run();
  EXPECT_EQ(first.facets[0].DebugString(), second.facets[0].DebugString());
}

}  // namespace
}  // namespace broadsheet::search
