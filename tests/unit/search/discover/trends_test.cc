#include "search/discover/trends.h"

#include <gmock/gmock.h>

#include "common/base/error.h"
#include "search/discover/likelihood.h"
#include "unit/search/discover/topics.h"

namespace broadsheet::search {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class TrendsTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::TrendsResponse> Find(const v1::TrendsRequest& request, CallContext context = {}) {
    auto query = Validate(request);
    if (!query.ok()) return query.status();
    return TrendsFinder(topics_.readers(), topics_.clock()).Find(*query, context);
  }

  static v1::TrendsRequest Days(int first, int past) {
    v1::TrendsRequest request;
    request.mutable_window()->mutable_start()->set_seconds(kFirstDay + first * kDay);
    request.mutable_window()->mutable_end()->set_seconds(kFirstDay + past * kDay);
    return request;
  }

  std::vector<v1::Article> Published(int first, int past) const {
    return topics_.Those([&](const v1::Article& article) {
      const int64_t time = article.published_time().seconds();
      return time >= kFirstDay + first * kDay && time < kFirstDay + past * kDay;
    });
  }

  // What loops over the articles say.
  static void ExpectTrends(const v1::TrendsResponse& found, const std::vector<v1::Article>& window,
                           const std::vector<v1::Article>& baseline) {
    struct Expected {
      double score;
      std::string word;
    };
    std::vector<Expected> expected;
    for (const std::string& word : kWords) {
      const int64_t now = Topics::CountWith(window, word), before = Topics::CountWith(baseline, word);
      const double score = LogLikelihoodRatio({now, static_cast<int64_t>(window.size())},
                                              {before, static_cast<int64_t>(baseline.size())});
      if (now >= 3 && score >= kLeastLikelihoodRatio) expected.push_back({score, word});
    }
    std::sort(expected.begin(), expected.end(), [](const auto& l, const auto& r) { return l.score > r.score; });
    EXPECT_FALSE(expected.empty());
    EXPECT_EQ(found.window_articles(), static_cast<int64_t>(window.size()));
    EXPECT_EQ(found.baseline_articles(), static_cast<int64_t>(baseline.size()));
    ASSERT_THAT(found.trends(), SizeIs(expected.size()));
    for (size_t i = 0; i < expected.size(); ++i) {
      const v1::Trend& trend = found.trends(static_cast<int>(i));
      EXPECT_EQ(trend.text(), expected[i].word);
      EXPECT_NEAR(trend.score(), expected[i].score, 1e-9);
      EXPECT_EQ(trend.window_articles(), Topics::CountWith(window, trend.text()));
      EXPECT_EQ(trend.baseline_articles(), Topics::CountWith(baseline, trend.text()));
    }
  }

  // `count` articles on topic 1 on each of some days.
  void AddWave(int count, int first, int past) {
    for (int day = first; day < past; ++day) {
      for (int i = 0; i < count; ++i)
        topics_.Add(topics_.InventAbout("wave-" + std::to_string(day) + "-" + std::to_string(i), 1, day));
    }
    topics_.Commit();
  }

  Topics topics_{160};  // four a day on days 0 to 39
};

TEST_F(TrendsTest, TermsAndCountsAreThoseOfALoop) {
  AddWave(12, 30, 34);
  auto found = Find(Days(30, 34));
  ASSERT_TRUE(found.ok()) << found.status();
  ExpectTrends(*found, Published(30, 34), Published(14, 30));
}

TEST_F(TrendsTest, ABaselineThatIsGivenIsTaken) {
  AddWave(12, 10, 12);
  v1::TrendsRequest request = Days(10, 12);
  request.mutable_baseline()->mutable_start()->set_seconds(kFirstDay + 20 * kDay);
  request.mutable_baseline()->mutable_end()->set_seconds(kFirstDay + 39 * kDay);
  auto found = Find(request);
  ASSERT_TRUE(found.ok());
  ExpectTrends(*found, Published(10, 12), Published(20, 39));
}

TEST_F(TrendsTest, CountsAreExactWhereOnlySomeArticlesAreSampled) {
  AddWave(600, 30, 32);
  auto found = Find(Days(30, 32));
  ASSERT_TRUE(found.ok());
  EXPECT_GT(found->window_articles(), 1'000);
  const auto window = Published(30, 32), baseline = Published(22, 30);
  ASSERT_FALSE(found->trends().empty());
  for (const v1::Trend& trend : found->trends()) {
    EXPECT_EQ(trend.window_articles(), Topics::CountWith(window, trend.text()));
    EXPECT_EQ(trend.baseline_articles(), Topics::CountWith(baseline, trend.text()));
  }
}

TEST_F(TrendsTest, FiltersAreHeeded) {
  AddWave(30, 30, 32);
  v1::TrendsRequest request = Days(30, 32);
  request.mutable_filter()->mutable_in_values()->set_field("source");
  request.mutable_filter()->mutable_in_values()->add_values("Dawn Post");
  auto found = Find(request);
  ASSERT_TRUE(found.ok());
  const auto of_source = [](std::vector<v1::Article> articles) {
    std::erase_if(articles, [](const auto& article) { return article.source() != "Dawn Post"; });
    return articles;
  };
  EXPECT_EQ(found->window_articles(), static_cast<int64_t>(of_source(Published(30, 32)).size()));
  EXPECT_EQ(found->baseline_articles(), static_cast<int64_t>(of_source(Published(22, 30)).size()));
}

TEST_F(TrendsTest, CopiesCountOrNot) {
  std::string text;
  for (int i = 0; i < 150; ++i)
    text += "word" + std::to_string(i * 7 % 101) + (i % 12 == 11 ? ". " : " quibbix ");
  for (int i = 0; i < 10; ++i) {
    v1::Article article = topics_.InventAbout("wire-" + std::to_string(i), 1, 30);
    article.set_title("Wire");
    article.set_body(text);
    topics_.Add(article);
  }
  topics_.Commit();
  const auto texts = [&](const v1::TrendsRequest& request) {
    std::vector<std::string> found;
    const auto response = Find(request);
    for (const v1::Trend& trend : response->trends())
      found.push_back(trend.text());
    return found;
  };
  v1::TrendsRequest request = Days(30, 31);
  EXPECT_EQ(Find(request)->window_articles(), 14);
  EXPECT_THAT(texts(request), Contains("quibbix"));
  request.set_copies(v1::COPY_MODE_HIDE);
  EXPECT_EQ(Find(request)->window_articles(), 5);
  EXPECT_THAT(texts(request), Not(Contains("quibbix")));
}

TEST_F(TrendsTest, WithoutArticlesOnBothSidesThereAreNone) {
  auto found = Find(Days(0, 5));
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->window_articles(), 20);
  EXPECT_EQ(found->baseline_articles(), 0);
  EXPECT_THAT(found->trends(), IsEmpty());
  EXPECT_THAT(Find(Days(300, 305))->trends(), IsEmpty());
}

TEST_F(TrendsTest, WhatIsUnderEmbargoIsInNoCount) {
  AddWave(12, 30, 34);
  const auto window = Published(30, 34), baseline = Published(14, 30);
  for (int i = 0; i < 20; ++i) {
    v1::Article article = topics_.InventAbout("held-" + std::to_string(i), 2, 31);
    article.set_body("Quibbix quab zind.");
    article.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(topics_.clock().Now()) + 3'600);
    topics_.Add(article);
  }
  topics_.Commit();
  ExpectTrends(*Find(Days(30, 34)), window, baseline);
}

TEST_F(TrendsTest, DemandsOnTheSnapshotAndTheDeadlineHold) {
  v1::TrendsRequest request = Days(30, 31);
  EXPECT_EQ(Find(request, CallContext(absl::InfinitePast())).status().code(), absl::StatusCode::kDeadlineExceeded);
  request.set_lineage("another");
  EXPECT_EQ(ReasonOf(Find(request).status()), "LINEAGE_MISMATCH");
}

}  // namespace
}  // namespace broadsheet::search
