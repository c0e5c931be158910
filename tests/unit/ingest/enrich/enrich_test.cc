#include "ingest/enrich/enrich.h"

#include <gtest/gtest.h>

namespace broadsheet::ingest {
namespace {

const absl::Time kFetched = absl::FromCivil(absl::CivilSecond(2025, 6, 22, 12, 0, 0), absl::UTCTimeZone());

constexpr char kParagraph[] =
    "The harbour board met on Tuesday evening and agreed, after four hours of talk, that the old ferry has to go. It "
    "will be sold for $2.5 million, or 3.5 per cent of what the new one costs.";

NormalArticle Article(const std::string& body) {
  NormalArticle article{{}, EditedText(body)};
  article.raw.set_text(body);
  return article;
}

std::string OriginOf(const v1::Article& article, const std::string& field) {
  for (const auto& origin : article.origins()) {
    if (origin.field() == field) return v1::Origin_Name(origin.origin()) + " " + origin.evidence();
  }
  return "given";
}

std::string TimeOf(const v1::Article& article) {
  if (!article.has_published_time()) return "undated";
  const absl::Time time = absl::FromUnixSeconds(article.published_time().seconds());
  const bool day = article.published_precision() == v1::TIME_PRECISION_DAY;
  return absl::FormatTime(day ? "%Y-%m-%d" : "%Y-%m-%dT%H:%MZ", time, absl::UTCTimeZone());
}

v1::Article Made(NormalArticle article) {
  return Enrich(std::move(article), 1, kFetched).article;
}

TEST(EnrichTest, AnUnreadableDateOfTheWriterDoesNotHideAnother) {
  NormalArticle article = Article(kParagraph);
  article.published = "the other day";
  article.markup.published = {{"2025-06-20T10:00:00Z", "pubdate", true}};
  const v1::Article made = Made(article);
  EXPECT_EQ(TimeOf(made), "2025-06-20T10:00Z");
  EXPECT_EQ(OriginOf(made, "published_time"),
            "ORIGIN_MARKUP 2025-06-20T10:00:00Z in pubdate; \"the other day\": no date was found in it");
}

TEST(EnrichTest, AnInstantThatCannotBeTrueDoesNotHideAnother) {
  NormalArticle article = Article(kParagraph);
  article.raw.mutable_published_time()->set_seconds(0);
  article.published = "21 June 2025";
  const v1::Article made = Made(article);
  EXPECT_EQ(TimeOf(made), "2025-06-21");
  EXPECT_EQ(OriginOf(made, "published_time"), "ORIGIN_GIVEN 21 June 2025; 1970-01-01: the zero of a computer's clock");
}

TEST(EnrichTest, ADateInTheUrlComesLastButBeforeADateLine) {
  NormalArticle article = Article(std::string("June 19, 2025\n\n") + kParagraph);
  EXPECT_EQ(TimeOf(Made(article)), "2025-06-19");
  article.canonical_url = "https://alder.example/2025/06/20/ferry";
  EXPECT_EQ(TimeOf(Made(article)), "2025-06-20");
  EXPECT_EQ(OriginOf(Made(article), "published_time"), "ORIGIN_DERIVED \"/2025/06/20/\" in the URL");
  article = Article(std::string("June 20, 2025, 9:30 am\n\n") + kParagraph);
  article.canonical_url = "https://alder.example/2025/06/20/ferry";
  EXPECT_EQ(TimeOf(Made(article)), "2025-06-20T09:30Z") << "the line adds the time of day";
}

TEST(EnrichTest, TheDayIsTheOneOfTheZoneThatTheTimeIsWrittenIn) {
  const std::pair<const char*, const char*> cases[] = {
      {"2025-06-20T22:30:00-05:00", "2025-06-20"},
      {"2025-06-20T05:00:00+09:00", "2025-06-20"},
      {"June 20, 2025 10:30 PM ET", "2025-06-20"},
      {"2025-06-20T23:30:00Z", "2025-06-20"},
      {"2025-06-20 23:30", "2025-06-20"},
      {"20 June 2025", "2025-06-20"},
      {"2024-11-03 00:30 ET", "2024-11-03"},  // before the clocks change there, and after it by UTC
      {"1750462200", "2025-06-20"},           // 23:30Z
  };
  for (const auto& [words, day] : cases) {
    NormalArticle article = Article(kParagraph);
    article.published = words;
    EXPECT_EQ(Made(article).published_day(), day) << words;
  }
  EXPECT_EQ(Made(Article(kParagraph)).published_day(), "") << "undated";
}

TEST(EnrichTest, TheDayOfATimeInUtcIsTheOneThatUrlOrPageName) {
  NormalArticle article = Article(kParagraph);
  article.markup.published = {{"2025-06-21T01:30:00Z", "datePublished", true}};
  EXPECT_EQ(Made(article).published_day(), "2025-06-21");
  article.markup.published.push_back({"June 20, 2025", "the text above the headline", false, true});
  EXPECT_EQ(Made(article).published_day(), "2025-06-21") << "may be the clock of the page";
  article.markup.published[1].words = "June 20, 2025 6:30 pm PT";
  EXPECT_EQ(Made(article).published_day(), "2025-06-20") << "no clock: that very instant";
  article.markup.published[1].words = "June 20, 2025 6:35 pm PT";
  EXPECT_EQ(Made(article).published_day(), "2025-06-21");
  article.markup.published.push_back({"June 18, 2025", "a time element below the headline", false});
  EXPECT_EQ(Made(article).published_day(), "2025-06-21") << "it was that day nowhere";
  article.markup.published[2].words = "June 20, 2025";
  EXPECT_EQ(Made(article).published_day(), "2025-06-20");
  EXPECT_EQ(OriginOf(Made(article), "published_day"),
            "ORIGIN_DERIVED June 20, 2025 in a time element below the headline");
  EXPECT_EQ(TimeOf(Made(article)), "2025-06-21T01:30Z");
  article.markup.published[2].words = "June 22, 2025";
  EXPECT_EQ(Made(article).published_day(), "2025-06-21");
  article.markup.published = {{"2025-06-21 01:30", "dc.date", true}, {"June 20, 2025", "a time element", false}};
  EXPECT_EQ(Made(article).published_day(), "2025-06-21") << "a time without a zone is one of the place";
  article.markup.published[0].words += " GMT";
  EXPECT_EQ(Made(article).published_day(), "2025-06-20");
  article.canonical_url = "https://alder.example/2025/06/20/ferry";
  EXPECT_EQ(OriginOf(Made(article), "published_day"), "ORIGIN_DERIVED \"/2025/06/20/\" in the URL");
  article.raw.mutable_published_time()->set_seconds(1'750'462'200);  // given, 23:30Z on the 20th
  EXPECT_EQ(Made(article).published_day(), "2025-06-20");
  EXPECT_EQ(OriginOf(Made(article), "published_day"), "given");
}

TEST(EnrichTest, TakesTheFirstWordsOfThePageThatAreADate) {
  NormalArticle article = Article(kParagraph);
  article.markup.published = {{"1988", "dc.date", true}, {"June 31, 2025", "", false}, {"June 21, 2025", "", false}};
  EXPECT_EQ(TimeOf(Made(article)), "2025-06-21");
  EXPECT_EQ(OriginOf(Made(article), "published_time").substr(0, 29), "ORIGIN_MARKUP June 21, 2025; ") << "says why";
}

TEST(EnrichTest, SaysOfThreeWordsAtMostWhyTheyAreNoDate) {
  NormalArticle article = Article(kParagraph);
  for (const char* words : {"1988", "June 31, 2025", "soon", "later"})
    article.markup.published.push_back({words, "", false});
  const std::string said = OriginOf(Made(article), "published_time");
  EXPECT_NE(said.find("\"soon\""), std::string::npos) << said;
  EXPECT_EQ(said.find("\"later\""), std::string::npos) << said;
}

TEST(EnrichTest, TheDayInTheUrlComesBetweenMetadataAndWhatThePageShows) {
  NormalArticle article = Article(kParagraph);
  article.canonical_url = "https://alder.example/2025/06/20/ferry";
  article.markup.published = {{"June 11, 2025", "a time element", false}};
  EXPECT_EQ(TimeOf(Made(article)), "2025-06-20");
  article.markup.published.push_back({"June 20, 2025 9:30 am", "the page's date line", false});
  EXPECT_EQ(TimeOf(Made(article)), "2025-06-20T09:30Z") << "adds the time of day";
  article.markup.published.push_back({"2025-06-12", "dc.date", true});
  EXPECT_EQ(TimeOf(Made(article)), "2025-06-12");
}

TEST(EnrichTest, AnotherDateOfThePageDecidesTheOrderOfDayAndMonth) {
  NormalArticle article = Article(kParagraph);
  article.markup.published = {{"03/04/2025", "date", true}};
  EXPECT_EQ(TimeOf(Made(article)), "undated");
  article.markup.published.push_back({"4. März 2025", "the text below the headline", false});
  EXPECT_EQ(TimeOf(Made(article)), "2025-03-04");
}

TEST(EnrichTest, TheUrlAndTheLanguageDecideTheOrderOfDayAndMonth) {
  NormalArticle article = Article(kParagraph);
  article.published = "03/04/2025";
  EXPECT_EQ(TimeOf(Made(article)), "undated");
  article.canonical_url = "https://alder.example.co.uk/ferry";
  EXPECT_EQ(TimeOf(Made(article)), "2025-04-03");
  EXPECT_EQ(OriginOf(Made(article), "published_time"), "ORIGIN_GIVEN 03/04/2025 (day first, as written in GB)");
  article.canonical_url = "https://alder.example/2025/03/04/ferry";
  EXPECT_EQ(OriginOf(Made(article), "published_time"), "ORIGIN_GIVEN 03/04/2025 (as another date says)");
  EXPECT_EQ(TimeOf(Made(article)), "2025-03-04");
}

TEST(EnrichTest, AgesCountFromTheFetch) {
  NormalArticle article = Article(kParagraph);
  article.published = "3 hours ago";
  EXPECT_EQ(TimeOf(Made(article)), "undated");
  article.raw.mutable_fetched_time()->set_seconds(1'750'500'000);
  EXPECT_EQ(TimeOf(Made(article)), "2025-06-21T07:00Z");
  article.raw.mutable_fetched_time()->set_seconds(60);
  EXPECT_EQ(TimeOf(Made(article)), "undated") << "that fetch cannot be true";
}

TEST(EnrichTest, TheWritersLanguageStandsButDoubtIsSaid) {
  NormalArticle article = Article(kParagraph);
  article.language = "en-GB";
  v1::Article made = Made(article);
  EXPECT_EQ(made.language(), "en-GB");
  EXPECT_GT(made.language_confidence(), 0.9);
  EXPECT_EQ(OriginOf(made, "language"), "given");
  article.language = "de";
  made = Made(article);
  EXPECT_EQ(made.language(), "de");
  EXPECT_LT(made.language_confidence(), 0.2);
  EXPECT_EQ(OriginOf(made, "language").substr(0, 38), "ORIGIN_GIVEN the text looks otherwise:");
}

TEST(EnrichTest, TheTextIsBelievedMoreThanTheLangAttribute) {
  NormalArticle article = Article(kParagraph);
  article.markup.language = "de";
  const v1::Article made = Made(article);
  EXPECT_EQ(made.language(), "en");
  EXPECT_EQ(OriginOf(made, "language").substr(0, 14), "ORIGIN_DERIVED");
  article.markup.language = "en-AU";
  EXPECT_EQ(Made(article).language(), "en-AU");
}

TEST(EnrichTest, FiguresOfTitleAndBodyHaveTheirPlaceAndTheWordsAround) {
  NormalArticle article = Article(kParagraph);
  article.title = "Old Ferry Goes For $2.5m";
  article.canonical_url = "https://alder.example.com.au/ferry";
  const v1::Article made = Made(article);
  ASSERT_EQ(made.figures_size(), 4);
  EXPECT_EQ(made.figures(0).key(), "2500000 AUD");
  EXPECT_EQ(made.figures(0).field(), "title");
  EXPECT_EQ(made.figures(1).key(), "4 hour");
  const v1::Figure& share = made.figures(3);
  EXPECT_EQ(share.kind(), v1::FIGURE_KIND_PERCENT);
  EXPECT_EQ(share.value(), 3.5);
  EXPECT_EQ(share.unit(), "%");
  EXPECT_EQ(share.key(), "3.5 %");
  EXPECT_EQ(share.text(), "3.5 per cent");
  EXPECT_EQ(made.body().substr(share.begin(), share.end() - share.begin()), "3.5 per cent");
  EXPECT_EQ(share.context(),
            "old ferry has to go. It will be sold for $2.5 million, or 3.5 per cent of what the new one costs.");
}

TEST(EnrichTest, AnArticleHasAtMost64Figures) {
  std::string body = kParagraph;
  for (int i = 0; i < 100; ++i)
    body += " It was 3 km.";
  EXPECT_EQ(Made(Article(body)).figures_size(), 64);
}

}  // namespace
}  // namespace broadsheet::ingest
