#include "search/match/explain.h"

#include <gmock/gmock.h>

#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

class ExplainTest : public ::testing::Test {
 protected:
  SearchResult Explained(const std::string& text) {
    v1::SearchRequest request;
    request.set_query(text);
    request.set_explain(true);
    request.set_page_size(50);
    auto result = corpus_.Search(request);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *std::move(result) : SearchResult{};
  }

  Corpus corpus_{150};
};

TEST_F(ExplainTest, TheWeightsOfTheTermsAddUpToTheScore) {
  for (const char* text : {"karn", "karn vorp", "karn OR vorp OR title:lund", "\"karn vorp\" OR murg", "kar* vorp",
                           "karn -vorp", "body:karn torv", "(karn OR \"lund murg\") AND (vorp OR zind)", "karn karn"}) {
    auto result = Explained(text);
    ASSERT_FALSE(result.hits.empty()) << text;
    for (const auto& hit : result.hits) {
      double sum = 0;
      for (const auto& term : hit.explanation().terms())
        sum += term.weight();
      for (const auto& boost : hit.explanation().boosts())
        sum += boost.weight();
      EXPECT_NEAR(sum, hit.score(), 1e-9) << text << hit.explanation().DebugString();
      EXPECT_GT(hit.score(), 0);
    }
  }
}

TEST_F(ExplainTest, NamesEachTermItsFieldAndFrequencies) {
  v1::Article article = corpus_.Invent("explained");
  article.set_title("The uncommon thing");
  article.set_body("Uncommon things, uncommon places.");
  article.set_language("en");
  corpus_.Add(article);
  corpus_.Commit();
  auto result = Explained("uncommon OR title:uncommon");
  ASSERT_EQ(result.hits.size(), 1u);
  const auto& terms = result.hits[0].explanation().terms();
  ASSERT_EQ(terms.size(), 2);
  EXPECT_GE(terms[0].weight(), terms[1].weight());
  EXPECT_EQ(terms[0].field(), "text");
  EXPECT_EQ(terms[0].term(), "uncommon");
  EXPECT_TRUE(terms[0].stemmed());
  EXPECT_EQ(terms[0].within_document_frequency(), 4 + 2);
  EXPECT_EQ(terms[0].document_frequency(), 1);
  EXPECT_EQ(terms[1].field(), "title");
  EXPECT_EQ(terms[1].within_document_frequency(), 1);
}

TEST_F(ExplainTest, NothingIsExplainedWhereNothingIsScored) {
  v1::SearchRequest request;
  request.set_explain(true);
  auto result = corpus_.Search(request);
  ASSERT_TRUE(result.ok());
  EXPECT_FALSE(result->hits[0].has_explanation());
}

}  // namespace
}  // namespace broadsheet::search
