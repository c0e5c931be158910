#include "search/discover/significant.h"

#include <gmock/gmock.h>

#include "common/base/error.h"
#include "search/discover/likelihood.h"
#include "unit/search/discover/topics.h"

namespace broadsheet::search {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class SignificantTest : public ::testing::Test {
 protected:
  absl::StatusOr<v1::SignificantTermsResponse> Find(const std::string& text, int limit = 0, CallContext context = {}) {
    v1::SignificantTermsRequest request;
    request.set_query(text);
    request.set_limit(limit);
    return Find(request, context);
  }

  absl::StatusOr<v1::SignificantTermsResponse> Find(const v1::SignificantTermsRequest& request,
                                                    CallContext context = {}) {
    auto query = Validate(request);
    if (!query.ok()) return query.status();
    return SignificantTermsFinder(topics_.readers(), topics_.clock()).Find(*query, context);
  }

  static std::vector<std::string> Texts(const absl::StatusOr<v1::SignificantTermsResponse>& found) {
    std::vector<std::string> texts;
    EXPECT_TRUE(found.ok()) << found.status();
    for (const v1::SignificantTerm& term : found->terms())
      texts.push_back(term.text());
    return texts;
  }

  struct Expected {
    double score;
    std::string word;
    int64_t foreground, background;
  };

  // What loops over the articles say of those that match.
  static std::vector<Expected> Loop(const std::vector<v1::Article>& all, const std::vector<v1::Article>& matches,
                                    const std::string& but) {
    std::vector<Expected> expected;
    for (const std::string& word : kWords) {
      const int64_t these = Topics::CountWith(matches, word), everywhere = Topics::CountWith(all, word);
      const auto sampled = static_cast<int64_t>(matches.size());
      const double score =
          LogLikelihoodRatio({these, sampled}, {everywhere - these, static_cast<int64_t>(all.size()) - sampled});
      if (word != but && these >= 3 && score >= kLeastLikelihoodRatio)
        expected.push_back({score, word, these, everywhere});
    }
    std::sort(expected.begin(), expected.end(), [](const auto& l, const auto& r) { return l.score > r.score; });
    return expected;
  }

  static void ExpectTerms(const v1::SignificantTermsResponse& found, const std::vector<Expected>& expected) {
    ASSERT_THAT(found.terms(), SizeIs(expected.size()));
    for (size_t i = 0; i < expected.size(); ++i) {
      const v1::SignificantTerm& term = found.terms(static_cast<int>(i));
      EXPECT_EQ(term.text(), expected[i].word);
      EXPECT_NEAR(term.score(), expected[i].score, 1e-9);
      EXPECT_EQ(term.foreground(), expected[i].foreground);
      EXPECT_EQ(term.background(), expected[i].background);
    }
  }

  void AddNamed(const std::string& id, const std::string& body) {
    v1::Article article = topics_.InventAbout(id, 0, 1);
    article.set_title("zind");
    article.set_body(body);
    topics_.Add(article);
  }

  Topics topics_{400};
};

TEST_F(SignificantTest, TermsAndCountsAreThoseOfALoop) {
  for (const std::string word : {"karn", "zind", "gwim"}) {
    auto found = Find(word);
    ASSERT_TRUE(found.ok()) << found.status();
    const auto matches = topics_.Those([&](const auto& article) { return Has(article, word); });
    const auto expected = Loop(topics_.articles(), matches, word);
    EXPECT_FALSE(expected.empty());
    ExpectTerms(*found, expected);
    EXPECT_EQ(found->sampled(), static_cast<int64_t>(matches.size()));
    EXPECT_EQ(found->total().value(), static_cast<int64_t>(matches.size()));
    EXPECT_EQ(found->total().relation(), v1::TOTAL_RELATION_EXACT);
  }
}

TEST_F(SignificantTest, AFilterAloneWillDo) {
  v1::SignificantTermsRequest request;
  auto& range = *request.mutable_filter()->mutable_time_range();
  range.mutable_start()->set_seconds(kFirstDay + 10 * kDay);
  range.mutable_end()->set_seconds(kFirstDay + 11 * kDay);
  auto found = Find(request);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->sampled(), 4);
  request.Clear();
  found = Find(request);  // everything: nothing is left to compare with
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->sampled(), 400);
  EXPECT_THAT(found->terms(), IsEmpty());
}

TEST_F(SignificantTest, OfManyMatchesTheBestAreLookedAt) {
  for (int i = 0; i < 1'100; ++i)
    topics_.Add(topics_.InventAbout("more-" + std::to_string(i), 3, 5));
  topics_.Commit();
  auto found = Find("lund OR torv OR hask OR gwim");
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->sampled(), 1'000);
  const auto matches = topics_.Those([&](const auto& article) {
    return Has(article, "lund") || Has(article, "torv") || Has(article, "hask") || Has(article, "gwim");
  });
  EXPECT_EQ(found->total().value(), static_cast<int64_t>(matches.size()));
}

TEST_F(SignificantTest, NamesStandForTheirWordsAndAreWrittenAsInArticles) {
  for (int i = 0; i < 12; ++i)
    AddNamed("named-" + std::to_string(i),
             "we heard that Ann Marlow and the Alder Harbour Board met with the frip zind");
  AddNamed("shout", "we heard that ANN Marlow and the others met there with a zind frip");
  topics_.Commit();
  auto texts = Texts(Find("frip zind"));
  EXPECT_THAT(texts, Contains("Ann Marlow"));
  EXPECT_THAT(texts, Contains("Alder Harbour Board"));
  for (const char* part : {"Ann", "Marlow", "Alder", "Harbour", "Board", "ANN Marlow", "Alder Harbour"})
    EXPECT_THAT(texts, Not(Contains(part)));
  EXPECT_THAT(texts, Not(Contains("we")));  // a pronoun
  EXPECT_THAT(texts, Contains("heard"));
  EXPECT_THAT(Texts(Find("frip marlow")), Contains("Ann Marlow"));
  EXPECT_THAT(Texts(Find("ann marlow")), Not(Contains("Ann Marlow")));  // the reader has typed it
}

TEST_F(SignificantTest, TheLimitCutsTheEnd) {
  const auto all = Texts(Find("karn", 100));
  ASSERT_GT(all.size(), 1u);
  EXPECT_THAT(Texts(Find("karn", 1)), ElementsAre(all[0]));
}

TEST_F(SignificantTest, WhatIsUnderEmbargoIsInNoCount) {
  const auto visible = topics_.articles();
  for (int i = 0; i < 20; ++i) {
    v1::Article article = topics_.InventAbout("held-" + std::to_string(i), 0, 1);
    article.set_body("Quibbix karn dolt murg vorp quibbix.");
    article.mutable_embargo_time()->set_seconds(absl::ToUnixSeconds(topics_.clock().Now()) + 3'600);
    topics_.Add(article);
  }
  topics_.Commit();
  std::vector<v1::Article> matches;
  std::copy_if(visible.begin(), visible.end(), std::back_inserter(matches),
               [](const auto& article) { return Has(article, "karn"); });
  auto found = Find("karn");
  ASSERT_TRUE(found.ok());
  ExpectTerms(*found, Loop(visible, matches, "karn"));
  EXPECT_THAT(Texts(Find("quibbix")), IsEmpty());
  topics_.clock().Advance(absl::Hours(1));
  EXPECT_THAT(Texts(Find("karn")), Contains("Quibbix"));
}

TEST_F(SignificantTest, DemandsOnTheSnapshotAndTheDeadlineHold) {
  v1::SignificantTermsRequest request;
  request.set_min_sequence(1'000'000);
  EXPECT_EQ(ReasonOf(Find(request).status()), "SEQUENCE_NOT_REACHED");
  EXPECT_EQ(Find("karn", 0, CallContext(absl::InfinitePast())).status().code(), absl::StatusCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace broadsheet::search
