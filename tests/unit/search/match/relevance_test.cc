// The order of relevance: what is added to BM25, and that pages hold to it.
#include <gmock/gmock.h>

#include <cmath>
#include <map>

#include "unit/search/match/searcher_fixture.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;

class RelevanceTest : public SearcherTest {
 protected:
  static v1::SearchRequest Ask(const std::string& query) {
    v1::SearchRequest request;
    request.set_query(query);
    request.set_page_size(100);
    request.mutable_query_options()->set_match_mode(v1::MATCH_MODE_ANY_WORD);
    return request;
  }

  static v1::SearchRequest Plain(const std::string& query) {
    v1::SearchRequest request = Ask(query);
    request.mutable_ranking()->set_exact_form(false);
    request.mutable_ranking()->set_proximity(false);
    return request;
  }

  // Score by id, over all pages; the order is checked on the way.
  std::map<std::string, double> Scores(v1::SearchRequest request, std::vector<std::string>* order = nullptr) {
    std::map<std::string, double> scores;
    double before = INFINITY;
    do {
      auto result = corpus_.Search(request);
      EXPECT_TRUE(result.ok()) << result.status();
      if (!result.ok()) break;
      for (const auto& hit : result->hits) {
        EXPECT_LE(hit.score(), before);
        before = hit.score();
        EXPECT_TRUE(scores.emplace(hit.article().id(), hit.score()).second) << "twice: " << hit.article().id();
        if (order != nullptr) order->push_back(hit.article().id());
      }
      request.set_page_token(result->next_page_token);
    } while (!request.page_token().empty());
    return scores;
  }

  void Add(const std::string& id, const std::string& body, const std::string& source = "", int64_t published = 0) {
    v1::Article article;
    article.set_id(id);
    article.set_title("Report");
    article.set_body(body);
    article.set_language("en");
    article.set_source(source);
    if (published != 0) article.mutable_published_time()->set_seconds(published);
    corpus_.Add(article);
  }
};

TEST_F(RelevanceTest, TheOrderIsTheSameInPagesOfAnySize) {
  for (auto request : {Ask("karn vorp zind"), Plain("karn vorp zind")}) {
    std::vector<std::string> whole, paged;
    request.set_page_size(100);
    Scores(request, &whole);
    request.set_page_size(7);
    Scores(request, &paged);
    EXPECT_GT(whole.size(), 250u);
    EXPECT_EQ(whole, paged);
  }
}

TEST_F(RelevanceTest, NothingIsTakenByACloserLook) {
  auto plain = Scores(Plain("karn vorp"));
  auto closer = Scores(Ask("karn vorp"));
  ASSERT_EQ(plain.size(), closer.size());
  size_t raised = 0;
  for (const auto& [id, score] : plain) {
    EXPECT_GE(closer[id], score - 1e-9);
    raised += closer[id] > score + 1e-9 ? 1 : 0;
  }
  EXPECT_EQ(raised, 100u);  // kLookedAtTwice
}

TEST_F(RelevanceTest, TheVeryFormAndNearWordsComeFirst) {
  Add("forms", "A quillings fell. Grey slates lay under the sill of the house by the lane.");
  Add("word", "A quilling fell. Grey slates lay under the sill of the house by the lane.");
  Add("apart", "Brimstow stood over the lane by the house where grey slates lay until Castermoor fell.");
  Add("together", "Brimstow Castermoor stood over the lane by the house where grey slates lay until fell.");
  corpus_.Commit();
  std::vector<std::string> order;
  Scores(Ask("quilling"), &order);
  EXPECT_THAT(order, ElementsAre("word", "forms"));
  order.clear();
  Scores(Ask("brimstow castermoor"), &order);
  EXPECT_THAT(order, ElementsAre("together", "apart"));
  auto equal = Scores(Plain("quilling"));
  EXPECT_DOUBLE_EQ(equal["word"], equal["forms"]);
  equal = Scores(Plain("brimstow castermoor"));
  EXPECT_DOUBLE_EQ(equal["apart"], equal["together"]);
}

// Every article is looked at again by hand: its plain score times what its age and source say.
TEST_F(RelevanceTest, FactorsAreWhatTheySayForEveryArticle) {
  const absl::Time now = corpus_.clock().Now();
  auto plain = Scores(Plain("karn vorp"));
  auto request = Plain("karn vorp");
  auto* recency = request.mutable_ranking()->mutable_recency();
  recency->mutable_half_life()->set_seconds(86'400 * 30);
  recency->set_weight(0.6);
  auto* weight = request.mutable_ranking()->add_source_weights();
  weight->set_source("Dawn Post");
  weight->set_weight(3);
  request.set_page_size(9);
  auto scores = Scores(request);
  ASSERT_EQ(scores.size(), plain.size());
  for (const auto& article : corpus_.articles()) {
    if (!plain.contains(article.id())) continue;
    double factor = 0.4;
    if (article.has_published_time()) {
      double days = absl::ToDoubleHours(now - absl::FromUnixSeconds(article.published_time().seconds())) / 24;
      factor += 0.6 * std::exp2(-std::max(0.0, days) / 30);
    }
    if (article.source() == "Dawn Post") factor *= 3;
    EXPECT_NEAR(scores[article.id()], plain[article.id()] * factor, 1e-6) << article.id();
  }
}

TEST_F(RelevanceTest, AgesCountFromTheFirstPageOn) {
  auto request = Plain("karn vorp");
  request.mutable_ranking()->mutable_recency()->mutable_half_life()->set_seconds(60);
  request.mutable_ranking()->mutable_recency()->set_weight(1);
  request.set_page_size(20);
  auto first = corpus_.Search(request);
  ASSERT_TRUE(first.ok());
  request.set_page_token(first->next_page_token);
  auto soon = corpus_.Search(request);
  corpus_.clock().Advance(absl::Hours(24 * 365));
  auto late = corpus_.Search(request);
  ASSERT_TRUE(soon.ok() && late.ok());
  EXPECT_EQ(Ids(*soon), Ids(*late));
}

TEST_F(RelevanceTest, ExpansionChangesTheOrderAndNotWhatMatches) {
  auto plain = Scores(Plain("karn"));
  auto request = Plain("karn");
  request.mutable_ranking()->mutable_expansion()->set_terms(5);
  auto expanded = Scores(request);
  ASSERT_EQ(plain.size(), expanded.size());
  size_t raised = 0;
  for (const auto& [id, score] : plain)
    raised += expanded[id] > score + 1e-9 ? 1 : 0;
  EXPECT_GT(raised, plain.size() / 2);
}

TEST_F(RelevanceTest, AnExplanationAddsUpToTheScoreWithAllItsBoosts) {
  auto request = Ask("karn vorp zindd OR \"karn dolt\"");
  request.set_explain(true);
  request.mutable_ranking()->mutable_recency()->mutable_half_life()->set_seconds(86'400 * 300);
  request.mutable_ranking()->mutable_expansion();
  auto* weight = request.mutable_ranking()->add_source_weights();
  weight->set_source("Harbour Times");
  weight->set_weight(1.5);
  auto result = corpus_.Search(request);
  ASSERT_TRUE(result.ok());
  std::set<v1::ScoreBoostKind> kinds;
  for (const auto& hit : result->hits) {
    double sum = 0;
    for (const auto& term : hit.explanation().terms())
      sum += term.weight();
    for (const auto& boost : hit.explanation().boosts()) {
      sum += boost.weight();
      kinds.insert(boost.kind());
      EXPECT_THAT(hit.explanation().text(), ::testing::HasSubstr(boost.reason()));
    }
    EXPECT_NEAR(sum, hit.score(), 1e-9);
  }
  EXPECT_EQ(kinds.size(), 5u);
}

TEST_F(RelevanceTest, LimitsNameTheFieldAndTheWayOut) {
  auto fails = [&](const std::function<void(v1::RankingSpec&)>& spoil) {
    auto request = Ask("karn");
    spoil(*request.mutable_ranking());
    auto status = corpus_.Search(request).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    return std::string(status.message());
  };
  using ::testing::HasSubstr;
  EXPECT_THAT(fails([](auto& spec) { spec.mutable_recency(); }), HasSubstr("ranking.recency.half_life"));
  EXPECT_THAT(fails([](auto& spec) {
                spec.mutable_recency()->mutable_half_life()->set_seconds(60);
                spec.mutable_recency()->set_weight(1.5);
              }),
              HasSubstr("ranking.recency.weight"));
  EXPECT_THAT(fails([](auto& spec) { spec.add_source_weights()->set_source("a"); }),
              HasSubstr("ranking.source_weights[0].weight"));
  EXPECT_THAT(fails([](auto& spec) {
                for (int i = 0; i < 101; ++i)
                  spec.add_source_weights()->set_source(std::to_string(i));
              }),
              HasSubstr("the limit is 100"));
  EXPECT_THAT(fails([](auto& spec) { spec.mutable_expansion()->set_documents(51); }),
              HasSubstr("ranking.expansion.documents"));
  EXPECT_THAT(fails([](auto& spec) { spec.mutable_expansion()->set_terms(-1); }), HasSubstr("ranking.expansion.terms"));
}

}  // namespace
}  // namespace broadsheet::search
