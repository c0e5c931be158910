#include "search/discover/phrases.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "absl/strings/str_split.h"
#include "unit/search/discover/sample_texts.h"

namespace broadsheet::search {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Lines(const std::vector<Counted>& phrases) {
  std::vector<std::string> lines;
  for (const Counted& phrase : phrases)
    lines.push_back(phrase.text + " " + std::to_string(phrase.articles));
  return lines;
}

std::vector<std::string> PhrasesOf(const std::vector<v1::Article>& articles) {
  return Lines(FindPhrases(SampleOf(articles)));
}

// Every run of two to four words of a sentence that neither begins nor ends with "the".
std::set<std::string> RunsOf(const std::string& text) {
  std::set<std::string> runs;
  for (absl::string_view sentence : absl::StrSplit(text, ". ", absl::SkipEmpty())) {
    const std::vector<std::string> words = absl::StrSplit(sentence, ' ');
    for (size_t first = 0; first < words.size(); ++first) {
      std::string run = words[first];
      for (size_t last = first + 1; last < std::min(words.size(), first + 4); ++last) {
        run += " " + words[last];
        if (words[first] != "the" && words[last] != "the") runs.insert(run);
      }
    }
  }
  return runs;
}

// What a plain loop says.
std::vector<std::string> Expected(const std::vector<v1::Article>& articles) {
  std::map<std::string, uint32_t> in_articles, weights;
  for (const v1::Article& article : articles) {
    for (const std::string& run : RunsOf(article.title() + ". " + article.body())) {
      ++in_articles[run];
      ++weights[run];
    }
    for (const std::string& run : RunsOf(article.title()))
      weights[run] += kTitlePhraseWeight;
  }
  std::vector<std::string> lines;
  for (const auto& [run, count] : in_articles) {
    bool told = count >= kLeastPhraseArticles;
    for (const auto& [longer, longer_count] : in_articles) {
      if (longer_count >= kLeastPhraseArticles && longer.starts_with(run + " ") &&
          weights[longer] >= kWholePhrase * weights[run])
        told = false;
    }
    if (told) lines.push_back(run + " " + std::to_string(weights[run]));
  }
  return lines;
}

TEST(PhrasesTest, AreThoseOfAPlainLoop) {
  for (int sentences : {1, 3}) {
    const std::vector<v1::Article> articles = RandomTexts(120, sentences);
    const std::vector<std::string> expected = Expected(articles);
    ASSERT_GT(expected.size(), 20u);
    EXPECT_EQ(PhrasesOf(articles), expected);
  }
}

TEST(PhrasesTest, WhatFewArticlesHaveIsNone) {
  const v1::Article often = ArticleOf("", "harbour bridge, harbour bridge; harbour bridge");
  EXPECT_THAT(PhrasesOf({often, often}), IsEmpty());
  EXPECT_THAT(PhrasesOf({often, often, often}), ElementsAre("harbour bridge 3"));
}

TEST(PhrasesTest, TitlesWeighMore) {
  const v1::Article article = ArticleOf("Harbour-bridge repairs", "The ferry sank.");
  EXPECT_THAT(PhrasesOf({article, article, article}),
              ElementsAre("bridge repairs 9", "ferry sank 3", "harbour bridge repairs 9"));
}

TEST(PhrasesTest, PunctuationAndOtherScriptsPartWords) {
  const v1::Article article = ArticleOf("", "harbour. Bridge\nferry, sank (harvest) 港 ferret");
  EXPECT_THAT(PhrasesOf({article, article, article}), IsEmpty());
}

TEST(TextSampleTest, CopiesAndWhatHasAnEmbargoAreLeftOut) {
  v1::Article copy = ArticleOf("", "harbour bridge");
  copy.set_copy_of("other");
  v1::Article held = ArticleOf("", "harbour bridge");
  held.mutable_embargo_time()->set_seconds(1);
  EXPECT_THAT(SampleOf({copy, held}).texts, IsEmpty());
  EXPECT_THAT(SampleOf({copy, held}).vocabulary, IsEmpty());
}

TEST(TextSampleTest, OnlyTheBeginningOfABodyIsTaken) {
  std::string body;
  for (int i = 0; i < 1'000; ++i)
    body += "word" + std::to_string(i) + " ";
  EXPECT_EQ(SampleOf({ArticleOf("", body)}).vocabulary.size(), kSampledBodyWords);
}

TEST(TextSampleTest, IsBounded) {
  TextSampler sampler;
  const v1::Article article = ArticleOf("", "a");
  for (size_t i = 0; i < kSampledArticles + 5; ++i)
    sampler.Add(article);
  EXPECT_EQ(std::move(sampler).Finish().texts.size(), kSampledArticles);
}

}  // namespace
}  // namespace broadsheet::search
