#include "search/query/copies.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "search/match/searcher.h"
#include "unit/search/match/searcher_fixture.h"

namespace broadsheet::search {
namespace {

using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAreArray;

// Reports that several outlets print, each with a last line of its own, among others.
class CopiesTest : public SearcherTest {
 protected:
  CopiesTest() {
    for (int report = 0; report < 30; ++report) {
      const std::string body = corpus_.Text(120);
      for (int outlet = 0; outlet <= report % 4; ++outlet) {
        v1::Article article = corpus_.Invent("report-" + std::to_string(report) + "-" + std::to_string(outlet));
        article.set_body(body + " " + corpus_.Text(1));
        if (outlet > 0) original_of_[article.id()] = "report-" + std::to_string(report) + "-0";
        corpus_.Add(article);
      }
    }
    corpus_.Commit();
  }

  bool IsCopy(const v1::Article& article) const { return original_of_.contains(article.id()); }

  std::map<std::string, std::string> original_of_;
};

v1::SearchRequest Hiding(const std::string& query) {
  v1::SearchRequest request;
  request.set_query(query);
  request.set_page_size(20);
  request.set_copies(v1::COPY_MODE_HIDE);
  return request;
}

TEST_F(CopiesTest, CardsSayOfWhatTheyAreCopies) {
  for (const bool full : {false, true}) {
    v1::SearchRequest request;
    request.set_page_size(100);
    if (full) request.set_view(v1::ARTICLE_VIEW_FULL);
    size_t copies = 0;
    do {
      auto result = corpus_.Search(request);
      ASSERT_TRUE(result.ok()) << result.status();
      for (const auto& hit : result->hits) {
        const bool is_copy = IsCopy(hit.article());
        copies += is_copy ? 1 : 0;
        EXPECT_EQ(hit.article().copy_of(), is_copy ? original_of_.at(hit.article().id()) : "") << hit.article().id();
        if (is_copy) {
          EXPECT_GE(hit.article().copy_similarity(), 0.9) << hit.article().id();
        } else {
          EXPECT_EQ(hit.article().copy_similarity(), 0) << hit.article().id();
        }
      }
      request.set_page_token(result->next_page_token);
    } while (!request.page_token().empty());
    EXPECT_EQ(copies, original_of_.size());
  }
}

TEST_F(CopiesTest, AreLeftOutOfHitsAndTotals) {
  for (const char* text : {"", "karn", "karn -murg"}) {
    auto wanted = [&](const auto& article) {
      return !IsCopy(article) && (*text == '\0' || Has(article, "karn")) &&
             (std::string(text) != "karn -murg" || !Has(article, "murg"));
    };
    v1::SearchRequest request = Hiding(text);
    const auto expected = Expected(wanted);
    EXPECT_THAT(Collect(request), UnorderedElementsAreArray(expected)) << text;
    request.set_exact_total(true);
    auto result = corpus_.Search(request);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->total.value(), static_cast<int64_t>(expected.size())) << text;
    request.set_order(v1::ORDER_OLDEST);
    EXPECT_THAT(Collect(request), UnorderedElementsAreArray(expected)) << text;
  }
}

TEST_F(CopiesTest, AreLeftOutOfFacetsWithAndWithoutTheirOwnFilter) {
  v1::SearchRequest request = Hiding("karn");
  request.mutable_filter()->mutable_in_values()->set_field("source");
  request.mutable_filter()->mutable_in_values()->add_values("Dawn Post");
  request.add_facets()->set_field("source");
  std::map<std::string, int64_t> filtered, all;
  for (const auto& article : corpus_.articles()) {
    if (IsCopy(article) || !Has(article, "karn") || article.source().empty()) continue;
    ++all[article.source()];
    if (article.source() == "Dawn Post") ++filtered[article.source()];
  }
  for (const bool without_its_filter : {false, true}) {
    if (without_its_filter) request.mutable_facets(0)->add_excluded_filter_fields("source");
    auto result = corpus_.Search(request);
    ASSERT_TRUE(result.ok()) << result.status();
    std::map<std::string, int64_t> counted;
    for (const auto& bucket : result->facets[0].buckets())
      counted[bucket.value()] = bucket.count();
    EXPECT_EQ(counted, without_its_filter ? all : filtered);
  }
}

TEST_F(CopiesTest, AreHiddenEvenWhereTheirOriginalIsNotFound) {
  const auto& [copy, original] = *original_of_.begin();
  v1::SearchRequest request = Hiding("");
  request.mutable_filter()->mutable_in_values()->set_field("id");
  request.mutable_filter()->mutable_in_values()->add_values(copy);
  EXPECT_THAT(Collect(request), IsEmpty());
  request.mutable_filter()->mutable_in_values()->add_values(original);
  EXPECT_THAT(Collect(request), SizeIs(1));
}

TEST_F(CopiesTest, FiltersNameTheOriginalOfAGroupAndItsCopies) {
  const std::string original = "report-3-0";
  v1::SearchRequest request;
  request.set_page_size(20);
  request.mutable_filter()->mutable_in_values()->set_field("copy_of");
  request.mutable_filter()->mutable_in_values()->add_values(original);
  EXPECT_THAT(Collect(request), UnorderedElementsAreArray({"report-3-1", "report-3-2", "report-3-3"}));
  request.mutable_filter()->mutable_in_values()->set_field("original");
  EXPECT_THAT(Collect(request), UnorderedElementsAreArray({original, {"report-3-1"}, {"report-3-2"}, {"report-3-3"}}));
  request.mutable_filter()->mutable_exists()->set_field("copy_of");
  request.set_page_size(100);
  EXPECT_THAT(Collect(request), SizeIs(original_of_.size()));
}

TEST_F(CopiesTest, TakeTheirPlaceWhenTheOriginalGoes) {
  corpus_.Delete("report-3-0");
  corpus_.Commit();
  EXPECT_THAT(Collect(Hiding("")), IsSupersetOf(std::vector<std::string>{"report-3-1"}));
  v1::SearchRequest request;
  request.mutable_filter()->mutable_in_values()->set_field("copy_of");
  request.mutable_filter()->mutable_in_values()->add_values("report-3-1");
  EXPECT_THAT(Collect(request), UnorderedElementsAreArray({"report-3-2", "report-3-3"}));
}

}  // namespace
}  // namespace broadsheet::search
