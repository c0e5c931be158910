#include <gmock/gmock.h>

#include <map>
#include <set>

#include "unit/search/match/corpus.h"

namespace broadsheet::search {
namespace {

using ::testing::UnorderedElementsAre;

void AddFigure(const char* key, v1::Article& article) {
  article.add_figures()->set_key(key);
}

class FiguresTest : public ::testing::Test {
 protected:
  FiguresTest() {
    Add("prices", {"3.5 %", "2000000000 USD"});
    Add("wages", {"3.5 %", "4 %"});
    Add("ferry", {"12 dead"});
    Add("quiet", {});
    corpus_.Commit();
  }

  void Add(const std::string& id, const std::vector<const char*>& keys) {
    v1::Article article = corpus_.Invent(id);
    for (const char* key : keys)
      AddFigure(key, article);
    corpus_.Add(article);
  }

  std::vector<std::string> Find(const v1::SearchRequest& request) {
    auto result = corpus_.Search(request);
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? Ids(*result) : std::vector<std::string>{};
  }

  std::vector<std::string> FindByQuery(const std::string& query) {
    v1::SearchRequest request;
    request.set_query(query);
    return Find(request);
  }

  Corpus corpus_{20};
};

TEST_F(FiguresTest, AQueryFindsAFigureHoweverItIsWritten) {
  for (const char* query : {"figure:3.5%", "figure:\"3.5 per cent\"", "figure:\"three and a half percent\""})
    EXPECT_THAT(FindByQuery(query), UnorderedElementsAre("prices", "wages")) << query;
  EXPECT_THAT(FindByQuery("figure:$2bn"), UnorderedElementsAre("prices"));
  EXPECT_THAT(FindByQuery("figure:3.5% -figure:\"4 percent\""), UnorderedElementsAre("prices"));
  EXPECT_THAT(FindByQuery("figure:35%"), UnorderedElementsAre());
}

TEST_F(FiguresTest, FiltersTakeTheKey) {
  v1::SearchRequest request;
  request.mutable_filter()->mutable_in_values()->set_field("figures");
  request.mutable_filter()->mutable_in_values()->add_values("12 dead");
  EXPECT_THAT(Find(request), UnorderedElementsAre("ferry"));
  request.mutable_filter()->mutable_exists()->set_field("figures");
  EXPECT_THAT(Find(request), UnorderedElementsAre("prices", "wages", "ferry"));
}

TEST_F(FiguresTest, FacetsCountArticlesByFigure) {
  v1::SearchRequest request;
  request.add_facets()->set_field("figures");
  auto result = corpus_.Search(request);
  ASSERT_TRUE(result.ok()) << result.status();
  ASSERT_EQ(result->facets.size(), 1);
  std::map<std::string, int64_t> counts;
  for (const auto& bucket : result->facets[0].buckets())
    counts[bucket.value()] = bucket.count();
  EXPECT_EQ(counts, (std::map<std::string, int64_t>{{"3.5 %", 2}, {"2000000000 USD", 1}, {"4 %", 1}, {"12 dead", 1}}));
}

}  // namespace
}  // namespace broadsheet::search
