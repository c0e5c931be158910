#include "search/discover/similar.h"

#include <gmock/gmock.h>

#include <cmath>

#include "common/base/error.h"
#include "unit/search/discover/topics.h"

namespace broadsheet::search {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class SimilarTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::SimilarArticlesResponse> Find(const v1::SimilarArticlesRequest& request,
                                                   CallContext context = {}) {
    auto query = Validate(request);
    if (!query.ok()) return query.status();
    return SimilarFinder(topics_.readers(), topics_.clock()).Find(*query, context);
  }

  std::vector<std::string> IdsLike(const v1::SimilarArticlesRequest& request) {
    auto found = Find(request);
    EXPECT_TRUE(found.ok()) << found.status();
    std::vector<std::string> ids;
    for (const v1::SearchHit& hit : found->hits())
      ids.push_back(hit.article().id());
    return ids;
  }

  static v1::SimilarArticlesRequest Like(const std::string& id) {
    v1::SimilarArticlesRequest request;
    request.set_id(id);
    request.set_page_size(100);
    return request;
  }

  static int TimesIn(const std::string& text, const std::string& word) {
    int times = 0;
    for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
      ++times;
    return times;
  }

  Topics topics_{80};
};

TEST_F(SimilarTest, ItsTermsAreThoseThatALoopWeighsMost) {
  const v1::Article& like = topics_.articles()[5];
  auto found = Find(Like(like.id()));
  ASSERT_TRUE(found.ok()) << found.status();
  std::vector<std::pair<double, std::string>> expected;
  for (const std::string& word : kWords) {
    const double times = TimesIn(like.title(), word) * 4 + TimesIn(like.body(), word);
    const double with = static_cast<double>(Topics::CountWith(topics_.articles(), word));
    const double rarity = std::log(1 + (80 - with + 0.5) / (with + 0.5));
    if (times > 0 && with > 1) expected.emplace_back(-times * rarity, word);
  }
  std::sort(expected.begin(), expected.end());
  ASSERT_THAT(found->terms(), SizeIs(expected.size()));
  for (size_t i = 0; i < expected.size(); ++i) {
    const auto& term = found->terms(static_cast<int>(i));
    EXPECT_NEAR(term.score(), -expected[i].first, 1e-9) << term.text();
    EXPECT_EQ(term.background(), Topics::CountWith(topics_.articles(), term.text()));
  }
}

TEST_F(SimilarTest, WhatHasAnyOfTheTermsIsFoundButItself) {
  v1::SimilarArticlesRequest request = Like("article-5");
  auto found = Find(request);
  ASSERT_TRUE(found.ok()) << found.status();
  size_t expected = 0;
  for (const v1::Article& article : topics_.articles()) {
    const bool has = std::any_of(found->terms().begin(), found->terms().end(),
                                 [&](const auto& term) { return Has(article, term.text()); });
    if (has && article.id() != "article-5") ++expected;
  }
  EXPECT_THAT(IdsLike(request), SizeIs(expected));
  EXPECT_THAT(IdsLike(request), Not(Contains("article-5")));
}

TEST_F(SimilarTest, TheSameTopicComesFirst) {
  std::vector<std::string> ids = IdsLike(Like("article-6"));
  for (size_t i = 0; i < 5; ++i)
    EXPECT_EQ(std::stoi(ids[i].substr(8)) % Topics::kTopics, 2) << ids[i];
}

TEST_F(SimilarTest, ATextFindsWhatIsAboutIt) {
  v1::SimilarArticlesRequest request;
  request.set_text("The frip of Lund, and the frip of a lund");
  auto found = Find(request);
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_THAT(found->terms(), SizeIs(2));
  EXPECT_EQ(found->terms(0).text() == "frip" || found->terms(1).text() == "frip", true);
  ASSERT_THAT(found->hits(), SizeIs(10));
  EXPECT_TRUE(Has(topics_.articles()[static_cast<size_t>(std::stoi(found->hits(0).article().id().substr(8)))], "frip"));
  request.set_text("the and of");
  EXPECT_THAT(IdsLike(request), IsEmpty());
  request.set_text("zzyzx");
  EXPECT_THAT(IdsLike(request), IsEmpty());
}

TEST_F(SimilarTest, FormsOfAWordMeetAndAreShownAsWritten) {
  v1::Article article = topics_.InventAbout("boats", 0, 1);
  article.set_title("Zeppelins");
  article.set_body("The Zeppelin's crew has zeppelins. All Zeppelins are Zeppelins.");
  topics_.Add(article);
  article.set_id("boat");
  article.set_title("One");
  article.set_body("A zeppelin landed.");
  topics_.Add(article);
  topics_.Commit();
  auto found = Find(Like("boats"));
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->terms(0).text(), "Zeppelins");
  EXPECT_EQ(found->hits(0).article().id(), "boat");
}

TEST_F(SimilarTest, CopiesAreLeftOut) {
  std::string text;
  for (int i = 0; i < 120; ++i)
    text +=
        "word" + std::to_string(i * 7 % 101) + (i % 12 == 11 ? ". " : " ") + kWords[static_cast<size_t>(i) % 3] + " ";
  v1::Article article = topics_.InventAbout("original", 0, 1);
  article.set_body(text);
  topics_.Add(article);
  for (const char* id : {"copy-1", "copy-2"}) {
    article.set_id(id);
    topics_.Add(article);
  }
  article.set_id("other");
  article.set_body("word7 word14 word21 word28 is another report");
  topics_.Add(article);
  topics_.Commit();
  for (const char* id : {"original", "copy-1"}) {
    v1::SimilarArticlesRequest request = Like(id);
    request.set_copies(v1::COPY_MODE_SHOW);
    EXPECT_THAT(IdsLike(request), Contains("other")) << id;
    for (const char* copy : {"original", "copy-1", "copy-2"})
      EXPECT_THAT(IdsLike(request), Not(Contains(copy))) << id;
  }
  v1::SimilarArticlesRequest request = Like("other");
  EXPECT_THAT(IdsLike(request), Contains("original"));
  EXPECT_THAT(IdsLike(request), Not(Contains("copy-1")));
  request.set_copies(v1::COPY_MODE_SHOW);
  EXPECT_THAT(IdsLike(request), Contains("copy-1"));
}

TEST_F(SimilarTest, FiltersAreHeeded) {
  v1::SimilarArticlesRequest request = Like("article-5");
  request.mutable_filter()->mutable_in_values()->set_field("source");
  request.mutable_filter()->mutable_in_values()->add_values("Dawn Post");
  for (const std::string& id : IdsLike(request))
    EXPECT_EQ(topics_.articles()[static_cast<size_t>(std::stoi(id.substr(8)))].source(), "Dawn Post");
}

TEST_F(SimilarTest, WhatIsUnderEmbargoIsNotThere) {
  const absl::Time until = topics_.clock().Now() + absl::Hours(1);
  v1::Article article = topics_.InventAbout("held", 1, 1);
  article.set_body("Quibbix quibbix quibbix karn.");
  article.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(until));
  topics_.Add(article);
  article.set_id("open");
  article.clear_embargo_time();
  article.set_body("Quibbix is a word.");
  topics_.Add(article);
  topics_.Commit();
  EXPECT_EQ(ReasonOf(Find(Like("held")).status()), "ARTICLE_NOT_FOUND");
  EXPECT_THAT(IdsLike(Like("open")), Not(Contains("held")));
  auto found = Find(Like("open"));
  const std::vector<v1::Article> visible = topics_.Those([](const auto& one) { return one.id() != "held"; });
  EXPECT_GT(found->terms_size(), 2);
  for (const auto& term : found->terms())
    EXPECT_EQ(term.background(), Topics::CountWith(visible, term.text())) << term.text();
  topics_.clock().Set(until);
  EXPECT_THAT(IdsLike(Like("open")), Contains("held"));
  EXPECT_TRUE(Find(Like("held")).ok());
}

TEST_F(SimilarTest, AnUnknownArticleIsNotFoundNorADeletedOne) {
  EXPECT_EQ(Find(Like("nobody")).status().code(), absl::StatusCode::kNotFound);
  topics_.Delete("article-1");
  topics_.Commit();
  EXPECT_EQ(ReasonOf(Find(Like("article-1")).status()), "ARTICLE_NOT_FOUND");
}

TEST_F(SimilarTest, DemandsOnTheSnapshotAndTheDeadlineHold) {
  v1::SimilarArticlesRequest request = Like("article-1");
  request.set_min_sequence(1'000'000);
  EXPECT_EQ(ReasonOf(Find(request).status()), "SEQUENCE_NOT_REACHED");
  EXPECT_EQ(Find(Like("article-1"), CallContext(absl::InfinitePast())).status().code(),
            absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace broadsheet::search
