#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <map>

#include "common/base/error.h"
#include "unit/search/match/searcher_fixture.h"
#include "unit/search/match/two_shards.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Search = std::function<absl::StatusOr<SearchResult>(const v1::SearchRequest&)>;

std::string KeyOf(const v1::Article& article, const std::string& field) {
  if (field == "source") return article.source();
  if (field == "section") return article.section();
  if (field == "language") return article.language();
  if (field == "word_count") return std::to_string(article.word_count());
  if (field == "published_day") return article.published_day();
  if (field == "published_time") {
    if (!article.has_published_time()) return "";
    return absl::FormatTime("%Y-%m-%d", absl::FromUnixSeconds(article.published_time().seconds()), absl::UTCTimeZone());
  }
  return article.copy_of().empty() ? article.id() : article.copy_of();
}

struct Group {
  std::string value;
  int64_t size = 0;
  std::vector<std::string> ids;
  bool operator==(const Group&) const = default;
};

void PrintTo(const Group& group, std::ostream* out) {
  *out << group.value << " " << group.size << " " << ::testing::PrintToString(group.ids);
}

// All hits of a request, page by page.
std::vector<std::string> AllIds(v1::SearchRequest request, const Search& search) {
  std::vector<std::string> ids;
  request.clear_group();
  request.clear_fairness();
  request.set_page_size(100);
  do {
    auto result = search(request);
    EXPECT_TRUE(result.ok()) << result.status();
    if (!result.ok()) break;
    for (const auto& id : Ids(*result))
      ids.push_back(id);
    request.set_page_token(result->next_page_token);
  } while (!request.page_token().empty());
  return ids;
}

// What groups there must be, by a plain loop over the hits in their order.
std::vector<Group> ExpectedGroups(const std::vector<std::string>& ids, const std::vector<v1::Article>& articles,
                                  const std::string& field, size_t hits) {
  std::map<std::string, std::string> keys;
  for (const auto& article : articles)
    keys[article.id()] = KeyOf(article, field);
  std::vector<Group> groups;
  for (const std::string& id : ids) {
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.value == keys[id]; });
    if (group == groups.end()) group = groups.insert(groups.end(), {keys[id], 0, {}});
    ++group->size;
    if (group->ids.size() < hits) group->ids.push_back(id);
  }
  return groups;
}

// Ways to rank: groups and fair pages go by the scores of single hits in all of them.
std::vector<v1::RankingSpec> Rankings() {
  v1::RankingSpec plain, factors, expanded;
  plain.set_exact_form(false);
  plain.set_proximity(false);
  factors.mutable_recency()->mutable_half_life()->set_seconds(86'400 * 30);
  factors.mutable_recency()->set_weight(0.9);
  v1::SourceWeight* weight = factors.add_source_weights();
  weight->set_source("Dawn Post");
  weight->set_weight(3);
  expanded.mutable_expansion()->set_terms(5);
  return {{}, plain, factors, expanded};
}

std::vector<Group> Collect(v1::SearchRequest request, const Search& search, int64_t& total) {
  std::vector<Group> groups;
  do {
    auto result = search(request);
    EXPECT_TRUE(result.ok()) << result.status();
    if (!result.ok()) break;
    EXPECT_THAT(result->hits, IsEmpty());
    total = result->total_groups;
    for (const auto& group : result->groups) {
      Group& added = groups.emplace_back(Group{group.value(), group.size(), {}});
      for (const auto& hit : group.hits())
        added.ids.push_back(hit.article().id());
    }
    request.set_page_token(result->next_page_token);
  } while (!request.page_token().empty());
  return groups;
}

void ExpectGroupsAsByAPlainLoop(const std::vector<v1::Article>& articles, const Search& search, v1::Order order,
                                const v1::RankingSpec& ranking) {
  using Fields = std::vector<std::string>;
  const bool all = ranking.ByteSizeLong() == 0;  // with other rankings fewer, for they take long
  for (const std::string& field :
       all ? Fields{"source", "section", "language", "copies", "published_time", "published_day", "word_count"}
           : Fields{"source", "published_time"}) {
    for (int hits : all ? std::vector{1, 3, 10} : std::vector{1, 3}) {
      v1::SearchRequest request;
      request.set_query("karn OR lund");
      request.set_order(order);
      *request.mutable_ranking() = ranking;
      auto* filter = request.mutable_filter()->mutable_number_range();
      filter->set_field("word_count");
      filter->set_max(800);
      const auto expected = ExpectedGroups(AllIds(request, search), articles, field, static_cast<size_t>(hits));
      ASSERT_GT(expected.size(), 1u);
      request.mutable_group()->set_field(field);
      request.mutable_group()->set_hits_per_group(hits);
      request.set_page_size(hits == 1 ? 2 : 7);
      int64_t total = 0;
      EXPECT_THAT(Collect(request, search, total), ElementsAreArray(expected)) << order << field << hits;
      EXPECT_EQ(total, static_cast<int64_t>(expected.size()));
    }
  }
}

// What pages there must be, by a plain loop: each takes the first of what is left, but passes over those whose value
// has its share.
std::vector<std::vector<std::string>> ExpectedFair(std::vector<std::string> ids,
                                                   const std::vector<v1::Article>& articles, const std::string& field,
                                                   int most, size_t page_size) {
  std::map<std::string, std::string> keys;
  for (const auto& article : articles)
    keys[article.id()] = KeyOf(article, field);
  std::vector<std::vector<std::string>> pages;
  while (!ids.empty()) {
    std::map<std::string, int> on_page;
    std::vector<std::string> page, left;
    for (const std::string& id : ids) {
      const std::string& key = keys[id];
      bool takes = page.size() < page_size && (key.empty() || on_page[key] < most);
      if (takes) ++on_page[key];
      (takes ? page : left).push_back(id);
    }
    pages.push_back(page);
    ids = left;
  }
  return pages;
}

void ExpectFairPagesAsByAPlainLoop(const std::vector<v1::Article>& articles, const Search& search, v1::Order order,
                                   const v1::RankingSpec& ranking) {
  const bool all = ranking.ByteSizeLong() == 0;
  for (int most : all ? std::vector{1, 2, 5} : std::vector{2}) {
    for (int page_size : all ? std::vector{3, 10, 50} : std::vector{10}) {
      v1::SearchRequest request;
      request.set_query("karn OR lund");
      request.set_order(order);
      *request.mutable_ranking() = ranking;
      const auto ids = AllIds(request, search);
      request.mutable_fairness()->set_field("source");
      request.mutable_fairness()->set_max_per_page(most);
      request.set_page_size(page_size);
      std::vector<std::vector<std::string>> pages;
      do {
        auto result = search(request);
        ASSERT_TRUE(result.ok()) << result.status();
        EXPECT_EQ(result->total.value(), static_cast<int64_t>(ids.size()));
        pages.push_back(Ids(*result));
        request.set_page_token(result->next_page_token);
      } while (!request.page_token().empty());
      EXPECT_EQ(pages, ExpectedFair(ids, articles, "source", most, static_cast<size_t>(page_size)));
    }
  }
}

void ExpectAllAsByPlainLoops(const std::vector<v1::Article>& articles, const Search& search) {
  for (const v1::RankingSpec& ranking : Rankings()) {
    ExpectGroupsAsByAPlainLoop(articles, search, v1::ORDER_RELEVANCE, ranking);
    ExpectFairPagesAsByAPlainLoop(articles, search, v1::ORDER_RELEVANCE, ranking);
  }
  for (auto order : {v1::ORDER_NEWEST, v1::ORDER_OLDEST}) {
    ExpectGroupsAsByAPlainLoop(articles, search, order, {});
    ExpectFairPagesAsByAPlainLoop(articles, search, order, {});
  }
}

class GroupsTest : public SearcherTest {
 protected:
  GroupsTest() {
    for (int i = 0; i < 150; ++i) {
      v1::Article article = corpus_.Invent("copy-" + std::to_string(i));
      article.set_copy_of("article-" + std::to_string(corpus_.Roll(40)));
      corpus_.Add(std::move(article));
    }
    corpus_.Commit();
  }

  Search search_ = [this](const v1::SearchRequest& request) { return corpus_.Search(request); };
};

TEST_F(GroupsTest, GroupsAndFairPagesAreThoseOfPlainLoops) {
  ExpectAllAsByPlainLoops(corpus_.articles(), search_);
}

TEST(TwoShardsTest, GroupsAndFairPagesGoOverAllShards) {
  TwoShards shards;
  ExpectAllAsByPlainLoops(shards.articles(), [&](const v1::SearchRequest& request) { return shards.Search(request); });
}

TEST_F(GroupsTest, TheHitsOfAGroupHaveTheScoresOfSingleHits) {
  v1::SearchRequest request;
  request.set_query("karn lund");
  request.set_explain(true);
  *request.mutable_ranking() = Rankings()[2];
  request.set_page_size(1);
  auto single = corpus_.Search(request);
  request.mutable_group()->set_field("source");
  auto grouped = corpus_.Search(request);
  ASSERT_TRUE(single.ok() && grouped.ok());
  EXPECT_EQ(grouped->groups[0].hits(0).score(), single->hits[0].score());
  EXPECT_EQ(grouped->groups[0].hits(0).explanation().DebugString(), single->hits[0].explanation().DebugString());
}

TEST_F(GroupsTest, FacetsCountArticlesWhetherHitsAreGroupedOrNot) {
  v1::SearchRequest request;
  request.set_query("karn");
  request.add_facets()->set_field("source");
  auto single = corpus_.Search(request);
  request.mutable_group()->set_field("copies");
  auto grouped = corpus_.Search(request);
  ASSERT_TRUE(single.ok() && grouped.ok());
  EXPECT_EQ(grouped->facets[0].DebugString(), single->facets[0].DebugString());
  EXPECT_EQ(grouped->total.value(), single->total.value());
}

TEST_F(GroupsTest, ByDateGroupsGoOnAfterTheLastOneWhenNewArticlesComeIn) {
  v1::SearchRequest request;
  request.mutable_group()->set_field("copies");
  request.set_order(v1::ORDER_OLDEST);
  request.set_page_size(40);
  const auto before = ExpectedGroups(AllIds(request, search_), corpus_.articles(), "copies", 1);
  std::vector<std::string> values;
  int round = 0;
  do {
    auto result = corpus_.Search(request);
    ASSERT_TRUE(result.ok());
    for (const auto& group : result->groups)
      values.push_back(group.value());
    request.set_page_token(result->next_page_token);
    v1::Article article = corpus_.Invent("later-" + std::to_string(round++));
    article.mutable_published_time()->set_seconds(1'000'000 + round);  // before all others
    corpus_.Add(std::move(article));
    corpus_.Commit();
  } while (!request.page_token().empty());
  std::vector<std::string> expected;
  for (const Group& group : before)
    expected.push_back(group.value);
  EXPECT_THAT(values, ElementsAreArray(expected));
}

TEST_F(GroupsTest, ByRelevanceGroupsGoOnAfterTheLastOneWhenTheSnapshotChanged) {
  v1::SearchRequest request;
  request.set_query("lund");
  request.mutable_group()->set_field("copies");
  auto first = corpus_.Search(request);
  for (int i = 0; i < 5; ++i) {
    v1::Article article = corpus_.Invent("better-" + std::to_string(i));
    article.set_title("lund lund lund");
    article.set_body("lund lund lund lund lund");
    corpus_.Add(std::move(article));
  }
  corpus_.Commit();
  request.set_page_token(first->next_page_token);
  auto second = corpus_.Search(request);
  ASSERT_TRUE(second.ok());
  EXPECT_TRUE(second->snapshot_changed);
  std::vector<std::string> shown;
  for (const auto& group : first->groups)
    shown.push_back(group.value());
  for (const auto& group : second->groups) {
    EXPECT_EQ(std::count(shown.begin(), shown.end(), group.value()), 0) << group.value();
    EXPECT_FALSE(group.value().starts_with("better"));
  }
}

TEST_F(GroupsTest, AnEmbargoedArticleIsInNoGroupAndInNoSize) {
  v1::SearchRequest request;
  request.mutable_group()->set_field("source");
  v1::Article article = corpus_.Invent("secret");
  article.set_source("Nobody Knows");
  *article.mutable_embargo_time() = article.published_time();
  article.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(corpus_.clock().Now()) + 100);
  corpus_.Add(std::move(article));
  corpus_.Commit();
  auto result = corpus_.Search(request);
  ASSERT_TRUE(result.ok());
  int64_t sum = 0;
  for (const auto& group : result->groups) {
    EXPECT_NE(group.value(), "Nobody Knows");
    sum += group.size();
  }
  EXPECT_EQ(sum, 550);
}

TEST_F(GroupsTest, AReplyEndsAtAWholeGroupBeforeItGrowsTooLargeAndGoesOnThere) {
  const std::string big(150'000, 'x');
  for (int i = 0; i < 60; ++i) {
    v1::Article article = corpus_.Invent("big-" + std::to_string(i));
    article.set_body("zyx " + big);
    article.set_source("Source " + std::to_string(i / 3));
    corpus_.Add(std::move(article));
  }
  corpus_.Commit();
  v1::SearchRequest request;
  request.set_query("zyx");
  request.set_view(v1::ARTICLE_VIEW_FULL);
  request.mutable_highlight()->set_disabled(true);
  request.set_page_size(100);
  for (bool fair : {false, true}) {
    request.clear_group();
    request.clear_fairness();
    if (fair) {
      request.mutable_fairness()->set_field("source");
      request.mutable_fairness()->set_max_per_page(3);
    } else {
      request.mutable_group()->set_field("source");
      request.mutable_group()->set_hits_per_group(3);
    }
    size_t hits = 0, pages = 0;
    request.clear_page_token();
    do {
      auto result = corpus_.Search(request);
      ASSERT_TRUE(result.ok());
      ++pages;
      EXPECT_EQ(result->early_stop == v1::EARLY_STOP_REPLY_SIZE, !result->next_page_token.empty());
      hits += result->hits.size();
      for (const auto& group : result->groups) {
        EXPECT_EQ(group.hits_size(), 3);
        hits += static_cast<size_t>(group.hits_size());
      }
      request.set_page_token(result->next_page_token);
    } while (!request.page_token().empty());
    EXPECT_EQ(hits, 60u);
    EXPECT_GT(pages, 2u);
  }
}

TEST_F(GroupsTest, TooDeepAPageIsRefusedAndADeadlineHonoured) {
  v1::SearchRequest request;
  request.set_query("karn");
  request.mutable_fairness()->set_field("source");
  request.mutable_fairness()->set_max_per_page(1);
  auto query = Validate(request);
  ASSERT_TRUE(query.ok());
  query->after = PagePosition{.lineage = HashLineage("lineage-1"), .offset = 10'000};
  EXPECT_EQ(ReasonOf(Searcher(corpus_.readers(), corpus_.clock()).Search(*query, {}).status()), "PAGE_DEPTH");
  auto late = corpus_.Search(request, CallContext(absl::Now() - absl::Seconds(1)));
  EXPECT_EQ(late.status().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(GroupsTest, ATokenOfOtherGroupsOrOfAnotherFairPageSizeIsRefused) {
  v1::SearchRequest request;
  request.mutable_group()->set_field("copies");
  auto first = corpus_.Search(request);
  request.set_page_token(first->next_page_token);
  request.set_page_size(20);
  EXPECT_TRUE(corpus_.Search(request).ok());
  request.mutable_group()->set_field("source");
  EXPECT_EQ(ReasonOf(corpus_.Search(request).status()), "PAGE_TOKEN_OTHER_QUERY");
  v1::SearchRequest fair;
  fair.mutable_fairness()->set_field("source");
  fair.mutable_fairness()->set_max_per_page(2);
  auto page = corpus_.Search(fair);
  fair.set_page_token(page->next_page_token);
  fair.set_page_size(20);
  EXPECT_EQ(ReasonOf(corpus_.Search(fair).status()), "PAGE_TOKEN_OTHER_QUERY");
}

}  // namespace
}  // namespace broadsheet::search
