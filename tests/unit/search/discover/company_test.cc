#include "search/discover/company.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "search/discover/likelihood.h"
#include "unit/search/discover/sample_texts.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

bool Has(const v1::Article& article, const std::string& word) {
  return (" " + article.title() + " " + article.body()).find(" " + word) != std::string::npos;
}

// What a plain loop says of the words that may follow.
std::vector<std::string> Expected(const std::vector<v1::Article>& articles, const std::vector<std::string>& before,
                                  const std::string& last, const std::vector<std::string>& candidates) {
  std::vector<std::pair<double, std::string>> scored;
  for (const std::string& word : candidates) {
    Share these, others;
    for (const v1::Article& article : articles) {
      const bool all = std::all_of(before.begin(), before.end(), [&](const auto& each) { return Has(article, each); });
      Share& share = all ? these : others;
      ++share.of;
      share.with += Has(article, word) ? 1 : 0;
    }
    const double score = LogLikelihoodRatio(these, others);
    if (word.starts_with(last) && score >= kLeastLikelihoodRatio) scored.emplace_back(-score, word);
  }
  std::sort(scored.begin(), scored.end());
  std::vector<std::string> words;
  for (const auto& [score, word] : scored)
    words.push_back(word);
  return words;
}

TEST(CompanyTest, IsThatOfAPlainLoop) {
  std::vector<v1::Article> articles = RandomTexts(400, 1);
  // Something to find: where there is a bridge, there is often a harvest and a ferry.
  for (size_t i = 0; i < articles.size(); ++i) {
    if (Has(articles[i], "bridge") && i % 2 == 0) articles[i].set_body(articles[i].body() + " ferry harvest");
  }
  const Company company(SampleOf(articles));
  const std::vector<std::string> words = {"ferry", "ferret", "harbour", "harvest", "bridge", "the"};
  size_t found = 0;
  for (const std::string& before : words) {
    for (const char* last : {"f", "fer", "h", "har", "b", "t", "x"}) {
      const auto expected = Expected(articles, {before}, last, words);
      EXPECT_EQ(company.Find({before}, last, 10), expected) << before << " " << last;
      EXPECT_EQ(company.Find({before, before}, last, 10), expected) << before << " " << last;
      found += expected.size();
    }
  }
  EXPECT_GT(found, 5u);
  EXPECT_EQ(company.Find({"bridge", "ferry"}, "h", 10), Expected(articles, {"bridge", "ferry"}, "h", words));
}

TEST(CompanyTest, OnlyTheLastWordsBeforeCount) {
  const Company company(SampleOf({ArticleOf("", "ferry harbour bridge harvest"), ArticleOf("", "quay")}));
  EXPECT_THAT(company.Find({"quay", "ferry", "harbour", "bridge"}, "h", 10), ElementsAre("harbour", "harvest"));
  EXPECT_THAT(company.Find({"quay", "harbour", "bridge"}, "h", 10), IsEmpty());
  EXPECT_THAT(company.Find({"unknown"}, "h", 10), IsEmpty());
  EXPECT_THAT(company.Find({"ferry"}, "h", 1), ElementsAre("harbour"));
  EXPECT_THAT(Company().Find({"ferry"}, "h", 1), IsEmpty());
}

}  // namespace
}  // namespace broadsheet::search
