#include <gmock/gmock.h>

#include <set>
#include <string>

#include "search/discover/lexicon_keeper.h"
#include "search/discover/significant.h"
#include "search/discover/similar.h"
#include "search/discover/suggest.h"
#include "search/discover/trends.h"
#include "unit/search/match/sharded_pair.h"

// What is found over several shards is what is found over one.
namespace broadsheet::search {
namespace {

using Changes = ShardedPair::Changes;

class SeveralShardsTest : public ::testing::TestWithParam<Changes> {
 protected:
  bool changed() const { return GetParam() == Changes::kMany; }

  template <typename Response>
  static void ExpectSameTerms(const Response& one, const Response& several) {
    ASSERT_EQ(several.terms_size(), one.terms_size());
    for (int i = 0; i < one.terms_size(); ++i) {
      EXPECT_EQ(several.terms(i).text(), one.terms(i).text());
      EXPECT_EQ(several.terms(i).foreground(), one.terms(i).foreground());
      EXPECT_EQ(several.terms(i).background(), one.terms(i).background());
      EXPECT_NEAR(several.terms(i).score(), one.terms(i).score(), 1e-9);
    }
  }

  ShardedPair pair_{GetParam()};
};

TEST_P(SeveralShardsTest, SignificantTermsCountWhatStands) {
  for (const std::string& word : kWords) {
    v1::SignificantTermsRequest request;
    request.set_query(word + " -" + kWords[0]);
    const auto query = Validate(request);
    ASSERT_TRUE(query.ok()) << query.status();
    const auto one = SignificantTermsFinder(pair_.whole().readers(), pair_.whole().clock()).Find(*query, {});
    const auto several = SignificantTermsFinder(pair_.parted().readers(), pair_.parted().clock()).Find(*query, {});
    ASSERT_TRUE(one.ok() && several.ok()) << one.status() << several.status();
    EXPECT_EQ(several->total().value(), one->total().value());
    EXPECT_EQ(several->sampled(), one->sampled());
    ExpectSameTerms(*one, *several);
  }
}

TEST_P(SeveralShardsTest, TrendsCountWhatStands) {
  v1::TrendsRequest request;
  request.mutable_window()->mutable_start()->set_seconds(1'761'000'000);
  request.mutable_window()->mutable_end()->set_seconds(1'790'000'000);
  request.mutable_baseline()->mutable_start()->set_seconds(1'700'000'000);
  request.mutable_baseline()->mutable_end()->set_seconds(1'761'000'000);
  const auto query = Validate(request);
  ASSERT_TRUE(query.ok()) << query.status();
  const auto one = TrendsFinder(pair_.whole().readers(), pair_.whole().clock()).Find(*query, {});
  const auto several = TrendsFinder(pair_.parted().readers(), pair_.parted().clock()).Find(*query, {});
  ASSERT_TRUE(one.ok() && several.ok()) << one.status() << several.status();
  EXPECT_GT(one->window_articles(), 0);
  EXPECT_EQ(several->window_articles(), one->window_articles());
  EXPECT_EQ(several->baseline_articles(), one->baseline_articles());
  ASSERT_EQ(several->trends_size(), one->trends_size());
  for (int i = 0; i < one->trends_size(); ++i)
    EXPECT_EQ(several->trends(i).ShortDebugString(), one->trends(i).ShortDebugString());
}

TEST_P(SeveralShardsTest, SimilarArticlesAreFoundFromAnArticleAsItStands) {
  int compared = 0;
  for (int i = 0; i < 320; i += 9) {
    v1::SimilarArticlesRequest request;
    request.set_id("article-" + std::to_string(i));
    request.set_page_size(100);
    const auto query = Validate(request);
    ASSERT_TRUE(query.ok()) << query.status();
    const auto one = SimilarFinder(pair_.whole().readers(), pair_.whole().clock()).Find(*query, {});
    const auto several = SimilarFinder(pair_.parted().readers(), pair_.parted().clock()).Find(*query, {});
    ASSERT_EQ(several.status(), one.status());
    if (!one.ok()) continue;
    ++compared;
    std::set<std::string> ids;
    for (const v1::SearchHit& hit : several->hits()) {
      EXPECT_TRUE(ids.insert(hit.article().id()).second) << hit.article().id() << " comes twice";
      EXPECT_NE(hit.article().id(), request.id());
    }
    EXPECT_EQ(several->hits_size(), one->hits_size());
    if (changed()) continue;  // which terms are taken depends on their weights
    ExpectSameTerms(*one, *several);
    for (const v1::SearchHit& hit : one->hits())
      EXPECT_TRUE(ids.contains(hit.article().id())) << hit.article().id();
  }
  EXPECT_GT(compared, 20);
}

TEST_P(SeveralShardsTest, SuggestionsCountWhatStandsAndTheLastTitlesComeFirst) {
  // Queries are completed by what a sample of the articles says, which is another one in several shards.
  std::vector<v1::SuggestionKind> kinds = {v1::SUGGESTION_KIND_NAME, v1::SUGGESTION_KIND_SOURCE};
  // In a single shard an article that is written again keeps its place.
  if (!changed()) kinds.push_back(v1::SUGGESTION_KIND_TITLE);
  const auto suggest = [&](Corpus& corpus, const std::string& text) {
    const LexiconKeeper keeper(corpus.readers());
    while (keeper.Get() == nullptr)
      absl::SleepFor(absl::Milliseconds(1));
    v1::SuggestRequest request;
    request.set_text(text);
    request.set_limit(10);
    for (v1::SuggestionKind kind : kinds)
      request.add_kinds(kind);
    auto found = Suggester(corpus.readers(), corpus.clock(), keeper).Suggest(Validate(request).value(), {});
    EXPECT_TRUE(found.ok()) << found.status();
    std::vector<std::string> lines;
    for (const v1::Suggestion& suggestion : found->suggestions())
      lines.push_back(suggestion.ShortDebugString());
    return lines;
  };
  for (const char* text : {"k", "do", "karn m", "Har", "Eve", "zind vorp plo"})
    EXPECT_EQ(suggest(pair_.parted(), text), suggest(pair_.whole(), text)) << text;
}

INSTANTIATE_TEST_SUITE_P(Changes, SeveralShardsTest, ::testing::Values(Changes::kNone, Changes::kMany),
                         [](const auto& test) { return test.param == Changes::kNone ? "None" : "Many"; });

}  // namespace
}  // namespace broadsheet::search
