#include <gmock/gmock.h>

#include "search/match/page.h"
#include "unit/search/match/corpus.h"

// Where the best hits are found by going through nearly all matches, facets and totals come of the same match.
namespace broadsheet::search {
namespace {

class OneMatchTest : public ::testing::Test {
 protected:
  static v1::SearchRequest Ask(const std::string& text, bool filtered) {
    v1::SearchRequest request;
    request.set_query(text);
    request.set_page_size(50);
    request.add_facets()->set_field("source");
    request.add_facets()->set_field("tags");
    if (filtered) {
      request.mutable_filter()->mutable_in_values()->set_field("section");
      request.mutable_filter()->mutable_in_values()->add_values("Money");
    }
    return request;
  }

  SearchResult Run(const v1::SearchRequest& request) {
    auto result = corpus_.Search(request);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *std::move(result) : SearchResult();
  }

  Corpus corpus_{400};
};

template <typename Messages>
std::vector<std::string> InWords(const Messages& messages) {
  std::vector<std::string> words;
  for (const auto& message : messages)
    words.push_back(message.DebugString());
  return words;
}

TEST_F(OneMatchTest, HitsFacetsAndTotalsAreThoseOfSeveral) {
  for (const char* text : {"\"plonk vorp\"", "karn lund", "zind -quab", "torv", "karn OR lund", "dolt NEAR/5 murg"}) {
    for (const bool filtered : {true, false}) {
      SCOPED_TRACE(std::string(text) + (filtered ? " filtered" : ""));
      v1::SearchRequest request = Ask(text, filtered);
      const SearchResult by_relevance = Run(request);
      request.set_order(v1::ORDER_NEWEST);
      const SearchResult by_date = Run(request);
      EXPECT_EQ(InWords(by_relevance.facets), InWords(by_date.facets));
      EXPECT_EQ(by_relevance.total.DebugString(), by_date.total.DebugString());
      request.set_order(v1::ORDER_RELEVANCE);
      request.clear_facets();
      EXPECT_EQ(InWords(by_relevance.hits), InWords(Run(request).hits));
      EXPECT_FALSE(by_date.facets.empty());
    }
  }
}

TEST_F(OneMatchTest, AllAreCountedOfMoreThanAPageLooksAt) {
  const int count = kCountedMatches + 200;
  for (int i = 0; i < count; ++i) {
    v1::Article article = corpus_.Invent("many-" + std::to_string(i));
    article.set_body("everywhere");
    article.set_section("Money");
    article.set_source("Dawn Post");
    corpus_.Add(std::move(article));
  }
  corpus_.Commit();
  const SearchResult result = Run(Ask("everywhere", true));
  EXPECT_EQ(result.total.value(), count);
  ASSERT_EQ(result.facets.at(0).buckets_size(), 1);
  EXPECT_EQ(result.facets[0].buckets(0).count(), count);
}

}  // namespace
}  // namespace broadsheet::search
