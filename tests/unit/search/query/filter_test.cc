#include "search/query/filter.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "search/query/compile.h"
#include "unit/search/query/generated_articles.h"

namespace broadsheet::search {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

v1::Filter FromText(const std::string& text) {
  v1::Filter filter;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &filter)) << text;
  return filter;
}

// Meaning of a filter as the protocol's comments have it, as a plain loop.
bool Matches(const v1::Filter& filter, const v1::Article& article);

std::vector<std::string> ValuesOf(const std::string& field, const v1::Article& article) {
  auto one = [](const std::string& value) { return std::vector<std::string>(value.empty() ? 0 : 1, value); };
  if (field == "id") return one(article.id());
  if (field == "url") return one(article.url());
  if (field == "source") return one(article.source());
  if (field == "authors") return {article.authors().begin(), article.authors().end()};
  if (field == "section") return one(article.section());
  if (field == "tags") return {article.tags().begin(), article.tags().end()};
  if (field == "language") return one(article.language());
  if (field == "duplicate_of") return one(article.duplicate_of());
  if (field == "copy_of") return one(article.copy_of());
  if (field == "original") return one(article.copy_of().empty() ? article.id() : article.copy_of());
  auto attribute = article.attributes().find(field.substr(std::string("attributes.").size()));
  return attribute == article.attributes().end() ? std::vector<std::string>() : one(attribute->second);
}

bool HasOneOf(const v1::ValuesFilter& filter, const v1::Article& article) {
  std::vector<std::string> values = ValuesOf(filter.field(), article);
  return std::any_of(filter.values().begin(), filter.values().end(), [&](const std::string& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
  });
}

bool InTimes(const v1::TimeRangeFilter& range, const v1::Article& article) {
  bool published = range.field().empty() || range.field() == "published_time";
  if (published && !article.has_published_time()) return false;
  const auto& time = published                         ? article.published_time()
                     : range.field() == "updated_time" ? article.updated_time()
                                                       : article.ingested_time();
  auto nanos = [](const google::protobuf::Timestamp& t) { return t.seconds() * 1'000'000'000 + t.nanos(); };
  return (!range.has_start() || nanos(time) >= nanos(range.start())) &&
         (!range.has_end() || nanos(time) < nanos(range.end()));
}

bool InNumbers(const v1::NumberRangeFilter& range, const v1::Article& article) {
  int64_t number = range.field() == "word_count" ? article.word_count()
                   : range.field() == "revision" ? article.revision()
                                                 : article.sequence();
  return (!range.has_min() || number >= range.min()) && (!range.has_max() || number <= range.max());
}

bool Matches(const v1::Filter& filter, const v1::Article& article) {
  auto matches = [&](const v1::Filter& child) { return Matches(child, article); };
  auto any = [&](const v1::FilterList& list) {
    return std::any_of(list.filters().begin(), list.filters().end(), matches);
  };
  if (filter.has_in_values()) return HasOneOf(filter.in_values(), article);
  if (filter.has_not_in_values()) return !HasOneOf(filter.not_in_values(), article);
  if (filter.has_exists()) {
    return filter.exists().field() == "published_time" ? article.has_published_time()
                                                       : !ValuesOf(filter.exists().field(), article).empty();
  }
  if (filter.has_time_range()) return InTimes(filter.time_range(), article);
  if (filter.has_number_range()) return InNumbers(filter.number_range(), article);
  if (filter.has_any_of()) return any(filter.any_of());
  if (filter.has_none_of()) return !any(filter.none_of());
  const auto& all = filter.all_of().filters();
  return std::all_of(all.begin(), all.end(), matches);
}

// Filters of every kind, with values and bounds that the articles have, and some that they do not.
class FilterGenerator {
 public:
  explicit FilterGenerator(uint32_t seed) : random_(seed) {}

  v1::Filter Next(int depth) {
    v1::Filter filter;
    switch (random_.Below(depth > 0 ? 11 : 7)) {
      case 0:
      case 1:
        FillValues(*filter.mutable_in_values());
        break;
      case 2:
        FillValues(*filter.mutable_not_in_values());
        break;
      case 3:
        filter.mutable_exists()->set_field(std::string(random_.Pick(kPresence)));
        break;
      case 4:
      case 5:
        FillTimes(*filter.mutable_time_range());
        break;
      case 6:
        FillNumbers(*filter.mutable_number_range());
        break;
      case 7:
      case 8:
        FillList(*filter.mutable_all_of(), depth);
        break;
      case 9:
        FillList(*filter.mutable_any_of(), depth);
        break;
      default:
        FillList(*filter.mutable_none_of(), depth);
        break;
    }
    return filter;
  }

 private:
  void FillValues(v1::ValuesFilter& filter) {
    filter.set_field(std::string(random_.Pick(kValueFields)));
    for (size_t left = 1 + random_.Below(3); left > 0; --left)
      filter.add_values(ValueFor(filter.field()));
  }

  std::string ValueFor(const std::string& field) {
    if (random_.Chance(10)) return "nothing has this";
    if (field == "source") return std::string(random_.Pick(ArticleGenerator::kSources));
    if (field == "authors") return std::string(random_.Pick(ArticleGenerator::kAuthors));
    if (field == "section") return std::string(random_.Pick(ArticleGenerator::kSections));
    if (field == "tags") return std::string(random_.Pick(ArticleGenerator::kTags));
    if (field == "language") return std::string(random_.Pick(ArticleGenerator::kLanguages));
    if (field == "attributes.desk") return random_.Chance(50) ? "night" : "day";
    if (field == "attributes.wire.id") return std::string(300, 'x') + std::to_string(random_.Below(3));
    std::string number = std::to_string(1 + random_.Below(200));
    return field == "url" ? "https://outlet.example/" + number : "article-" + number;
  }

  void FillTimes(v1::TimeRangeFilter& range) {
    range.set_field(std::string(random_.Pick(kTimeFields)));
    if (random_.Chance(70)) random_.SetTime(range.mutable_start());
    if (random_.Chance(70)) random_.SetTime(range.mutable_end());
    // Between two microseconds, too.
    if (range.has_start() && random_.Chance(30)) range.mutable_start()->set_nanos(range.start().nanos() + 1);
    if (range.has_end() && random_.Chance(30)) range.mutable_end()->set_nanos(range.end().nanos() + 999);
    bool backwards = range.has_start() && range.has_end() &&
                     std::pair(range.start().seconds(), range.start().nanos()) >
                         std::pair(range.end().seconds(), range.end().nanos());
    if (backwards) std::swap(*range.mutable_start(), *range.mutable_end());
  }

  void FillNumbers(v1::NumberRangeFilter& range) {
    range.set_field(std::string(random_.Pick(kNumberFields)));
    if (random_.Chance(70)) range.set_min(static_cast<int64_t>(random_.Below(60)) - 5);
    if (random_.Chance(70)) range.set_max(range.min() + static_cast<int64_t>(random_.Below(60)));
  }

  void FillList(v1::FilterList& list, int depth) {
    for (size_t left = 1 + random_.Below(3); left > 0; --left)
      *list.add_filters() = Next(depth - 1);
  }

  static constexpr std::array<std::string_view, 10> kValueFields = {
      "id",   "url",      "source",       "authors",         "section",
      "tags", "language", "duplicate_of", "attributes.desk", "attributes.wire.id"};
  static constexpr std::array<std::string_view, 10> kPresence = {
      "id",   "url",          "source",         "authors",         "section",
      "tags", "duplicate_of", "published_time", "attributes.desk", "attributes.absent"};
  static constexpr std::array<std::string_view, 4> kTimeFields = {"", "published_time", "updated_time",
                                                                  "ingested_time"};
  static constexpr std::array<std::string_view, 3> kNumberFields = {"word_count", "revision", "sequence"};

  ArticleGenerator random_;
};

TEST(Filters, AgreeWithAPlainLoopOverTheArticles) {
  GeneratedIndex index(3, 200);
  FilterGenerator generator(4);
  const ParsedQuery everything;
  size_t selective = 0;
  for (int i = 0; i < 2'000; ++i) {
    v1::Filter asked = generator.Next(i % 2 == 0 ? 0 : 3);
    auto filter = ParseFilter(asked);
    ASSERT_TRUE(filter.ok()) << filter.status() << asked.DebugString();
    std::set<std::string> expected;
    for (const v1::Article& article : index.articles()) {
      if (Matches(asked, article)) expected.insert(article.id());
    }
    ASSERT_EQ(index.Match(CompileQuery(everything, &*filter, {"en"}, false)), expected) << asked.DebugString();
    selective += !expected.empty() && expected.size() < index.articles().size() ? 1 : 0;
  }
  EXPECT_GT(selective, 1'000u);
}

TEST(Filters, DoNotChangeScores) {
  GeneratedIndex index(5, 100);
  ParsedQuery flood;
  QueryNode word;
  word.words.push_back({"flood", "", false});
  flood.root = word;
  auto filter = ParseFilter(FromText("in_values { field: 'language' values: 'en' }"));
  ASSERT_TRUE(filter.ok());
  Xapian::Enquire enquire(index.database());
  auto weights = [&](const Filter* with) {
    enquire.set_query(CompileQuery(flood, with, {"en"}, false));
    Xapian::MSet matches = enquire.get_mset(0, index.database().get_doccount());
    std::map<Xapian::docid, double> found;
    for (auto match = matches.begin(); match != matches.end(); ++match)
      found[*match] = match.get_weight();
    return found;
  };
  auto all = weights(nullptr);
  auto some = weights(&*filter);
  ASSERT_GT(some.size(), 0u);
  ASSERT_LT(some.size(), all.size());
  for (const auto& [docid, weight] : some)
    EXPECT_DOUBLE_EQ(weight, all[docid]);
}

struct Refusal {
  std::string filter;
  std::string reason;
  std::string path;
  std::string description;
};

TEST(ParseFilter, NamesThePathTheLimitAndTheWayOut) {
  const std::vector<Refusal> cases = {
      {"", "FILTER_EMPTY", "filter", "give one of in_values"},
      {"in_values { values: 'x' }", "FILTER_FIELD", "filter.in_values.field", "is missing: use one of id, url, source"},
      {"in_values { field: 'mood' values: 'x' }", "FILTER_FIELD", "filter.in_values.field", ", attributes.KEY"},
      {"in_values { field: 'title' values: 'x' }", "FILTER_FIELD", "filter.in_values.field", "\"title\" cannot"},
      {"in_values { field: 'word_count' values: '7' }", "FILTER_FIELD", "filter.in_values.field", "use one of id"},
      {"in_values { field: 'attributes.' values: '7' }", "FILTER_FIELD", "filter.in_values.field", "attributes.KEY"},
      {"not_in_values { field: 'source' }", "FILTER_VALUES", "filter.not_in_values.values", "1 to 1,024"},
      {"in_values { field: 'source' values: ['a', ''] }", "FILTER_VALUES", "filter.in_values.values[1]", "exists"},
      {"exists { field: 'updated_time' }", "FILTER_FIELD", "filter.exists.field", "published_time"},
      {"time_range { field: 'word_count' }", "FILTER_FIELD", "filter.time_range.field",
       "published_time, published_day, updated_time, ingested_time"},
      {"time_range { start { seconds: 5 } end { seconds: 4 } }", "TIME_RANGE", "filter.time_range", "swap"},
      {"time_range { start { seconds: 253402300800 } }", "TIME", "filter.time_range.start", "years 1 and 9999"},
      {"time_range { end { nanos: -1 } }", "TIME", "filter.time_range.end", "years 1 and 9999"},
      {"number_range { field: 'published_time' }", "FILTER_FIELD", "filter.number_range.field",
       "word_count, revision, sequence"},
      {"number_range { field: 'revision' min: 2 max: 1 }", "NUMBER_RANGE", "filter.number_range", "swap"},
      {"any_of {}", "FILTER_EMPTY", "filter.any_of.filters", "1 to 256"},
      {"all_of { filters { exists { field: 'url' } } filters { exists { field: 'url' } } "
       "filters { in_values { field: 'x' } } }",
       "FILTER_FIELD", "filter.all_of.filters[2].in_values.field", "use one of"},
      {"none_of { filters { any_of { filters { time_range { field: 'x' } } } } }", "FILTER_FIELD",
       "filter.none_of.filters[0].any_of.filters[0].time_range.field", "use one of"},
  };
  for (const Refusal& each : cases) {
    absl::Status status = ParseFilter(FromText(each.filter)).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << each.filter;
    EXPECT_EQ(ReasonOf(status), each.reason) << each.filter;
    ASSERT_THAT(FieldViolationsOf(status), SizeIs(1)) << each.filter;
    EXPECT_EQ(FieldViolationsOf(status)[0].field, each.path) << each.filter;
    EXPECT_THAT(FieldViolationsOf(status)[0].description, HasSubstr(each.description)) << each.filter;
  }
}

TEST(ParseFilter, HoldsItsLimits) {
  auto nested = [](int depth) {
    v1::Filter filter = FromText("exists { field: 'url' }");
    for (int i = 1; i < depth; ++i) {
      v1::Filter outer;
      *outer.mutable_none_of()->add_filters() = filter;
      filter = outer;
    }
    return filter;
  };
  EXPECT_TRUE(ParseFilter(nested(8)).ok());
  EXPECT_EQ(ReasonOf(ParseFilter(nested(9)).status()), "FILTER_DEPTH");

  auto wide = [](int conditions) {
    v1::Filter filter;
    for (int i = 1; i < conditions; ++i)
      filter.mutable_any_of()->add_filters()->mutable_exists()->set_field("url");
    return filter;
  };
  EXPECT_TRUE(ParseFilter(wide(256)).ok());
  EXPECT_EQ(ReasonOf(ParseFilter(wide(257)).status()), "FILTER_CONDITIONS");

  auto values = [](int first, int second) {
    v1::Filter filter;
    for (int count : {first, second}) {
      auto* in = filter.mutable_any_of()->add_filters()->mutable_in_values();
      in->set_field("source");
      for (int i = 0; i < count; ++i)
        in->add_values(absl::StrCat("s", i));
    }
    return filter;
  };
  EXPECT_TRUE(ParseFilter(values(1'000, 24)).ok());
  EXPECT_EQ(ReasonOf(ParseFilter(values(1'000, 25)).status()), "FILTER_VALUES");
}

struct Exclusion {
  std::string filter;
  std::set<std::string> excluded;
  std::string rest;  // empty: none
};

TEST(WithoutFields, LeavesOutConditionsAtTheTopWhoseFieldsAreAllExcluded) {
  const std::string source = "in_values { field: 'source' values: 'a' }";
  const std::string tags = "not_in_values { field: 'tags' values: 'b' }";
  const std::string time = "time_range { start { seconds: 1 } }";
  const std::string desk = "exists { field: 'attributes.desk' }";
  auto list = [](const std::string& kind, const std::vector<std::string>& filters) {
    std::string text = kind + " {";
    for (const std::string& filter : filters)
      text += " filters { " + filter + " }";
    return text + " }";
  };
  const std::vector<Exclusion> cases = {
      {source, {"source"}, ""},
      {source, {"tags"}, source},
      {source, {}, source},
      {list("all_of", {source, tags}), {"source"}, list("all_of", {tags})},
      {list("all_of", {source, tags}), {"source", "tags"}, ""},
      {list("all_of", {source, list("all_of", {source, time})}), {"source"}, list("all_of", {list("all_of", {time})})},
      {list("all_of", {list("any_of", {source, tags}), time}),
       {"source"},
       list("all_of", {list("any_of", {source, tags}), time})},
      {list("all_of", {list("any_of", {source, tags}), time}), {"source", "tags"}, list("all_of", {time})},
      {list("none_of", {source, tags}), {"source"}, list("none_of", {source, tags})},
      {list("none_of", {source, tags}), {"source", "tags"}, ""},
      {list("all_of", {time, desk}), {"published_time"}, list("all_of", {desk})},
      {list("all_of", {time, desk}), {"attributes.desk"}, list("all_of", {time})},
  };
  for (const Exclusion& each : cases) {
    auto filter = ParseFilter(FromText(each.filter));
    ASSERT_TRUE(filter.ok()) << filter.status();
    auto rest = WithoutFields(*filter, each.excluded);
    ASSERT_EQ(rest.has_value(), !each.rest.empty()) << each.filter;
    if (!rest) continue;
    EXPECT_EQ(CompileFilter(*rest).get_description(),
              CompileFilter(*ParseFilter(FromText(each.rest))).get_description())
        << each.filter;
  }
}

}  // namespace
}  // namespace broadsheet::search
