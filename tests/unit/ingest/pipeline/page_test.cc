#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>

#include "absl/time/civil_time.h"
#include "ingest/pipeline/pipeline.h"

namespace broadsheet::ingest {
namespace {

using ::testing::ElementsAre;

const absl::Time kReceived = absl::FromCivil(absl::CivilDay(2025, 7, 1), absl::UTCTimeZone());

constexpr std::string_view kPage = R"(<!DOCTYPE html><html lang="en"><head>
<title>Crane goes | Alder Post</title><link rel="canonical" href="https://alder.example/crane?utm_source=x">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Crane goes","alternativeHeadline":"Harbour closes",
"author":{"name":"Ann Writer"},"datePublished":"2025-06-21T10:00:00Z","dateModified":"2025-06-22T08:00:00Z",
"articleSection":"Harbour","keywords":"crane, harbour","publisher":{"name":"Alder Post"},"image":"https://alder.example/c.jpg"}
</script></head><body><ul><li><a href="/">Home</a></li></ul><article><h1>Crane goes</h1>
<p>The harbour of Alder will be closed for three weeks, because the old crane has to be taken down before winter.</p>
<p>Boats that carry mail and bread go to Birch instead, the harbour office said, and buses run every hour.</p>
</article></body></html>)";

v1::RawArticle PageArticle() {
  v1::RawArticle raw;
  raw.set_html(std::string(kPage));
  return raw;
}

v1::Article Make(const v1::RawArticle& raw) {
  auto made = Prepare(raw, PipelineLimits(), kReceived);
  const auto* enriched = std::get_if<EnrichedArticle>(&made);
  EXPECT_NE(enriched, nullptr) << std::get<Rejection>(made).message;
  return enriched != nullptr ? enriched->article : v1::Article();
}

// The evidence of a field's origin when that is the markup; "none" when it is not.
std::string MarkupEvidence(const v1::Article& article, const std::string& field) {
  for (const v1::FieldOrigin& origin : article.origins()) {
    if (origin.field() == field && origin.origin() == v1::ORIGIN_MARKUP) return origin.evidence();
  }
  return "none";
}

TEST(PageTest, FillsFieldsFromThePageAndSaysWhere) {
  const v1::Article article = Make(PageArticle());
  EXPECT_EQ(article.title(), "Crane goes");
  EXPECT_EQ(article.subtitle(), "Harbour closes");
  EXPECT_EQ(article.url(), "https://alder.example/crane");
  EXPECT_EQ(article.source(), "Alder Post");
  EXPECT_THAT(article.authors(), ElementsAre("Ann Writer"));
  EXPECT_EQ(article.section(), "Harbour");
  EXPECT_THAT(article.tags(), ElementsAre("crane", "harbour"));
  EXPECT_EQ(article.image_url(), "https://alder.example/c.jpg");
  EXPECT_EQ(article.published_time().seconds(), 1750500000);
  EXPECT_EQ(article.modified_time().seconds(), 1750579200);
  EXPECT_EQ(MarkupEvidence(article, "subtitle"), "JSON-LD alternativeHeadline");
  EXPECT_EQ(MarkupEvidence(article, "authors"), "JSON-LD author");
  EXPECT_EQ(MarkupEvidence(article, "source"), "JSON-LD publisher");
  EXPECT_EQ(MarkupEvidence(article, "image_url"), "JSON-LD image");
  EXPECT_EQ(article.body().find("Home"), std::string::npos);
}

TEST(PageTest, LetsTheWritersFieldsWin) {
  v1::RawArticle raw = PageArticle();
  raw.set_title("Given title");
  raw.set_subtitle("Given  subtitle");
  raw.set_url("https://given.example/a");
  raw.set_source("Given source");
  raw.add_authors("Given Author");
  raw.set_section("Given section");
  raw.add_tags("given");
  raw.set_image_url(" https://given.example/i.jpg?a=1&b=2 ");
  const v1::Article article = Make(raw);
  EXPECT_EQ(article.title(), "Given title");
  EXPECT_EQ(article.subtitle(), "Given subtitle");
  EXPECT_EQ(article.url(), "https://given.example/a");
  EXPECT_EQ(article.source(), "Given source");
  EXPECT_THAT(article.authors(), ElementsAre("Given Author"));
  EXPECT_EQ(article.section(), "Given section");
  EXPECT_THAT(article.tags(), ElementsAre("given"));
  EXPECT_EQ(article.image_url(), "https://given.example/i.jpg?a=1&b=2");
  EXPECT_EQ(MarkupEvidence(article, "authors"), "none");
  EXPECT_EQ(MarkupEvidence(article, "image_url"), "none");
}

TEST(PageTest, FindsThePagesDateBehindOneThatCannotBeRead) {
  v1::RawArticle raw = PageArticle();
  raw.set_published("soon");
  EXPECT_EQ(Make(raw).published_time().seconds(), 1750500000);
}

TEST(PageTest, LeavesOutAnImageThatIsNoAddress) {
  v1::RawArticle raw;
  raw.set_text("The crane is gone, and nobody misses it.");
  raw.set_image_url("crane.jpg");
  EXPECT_EQ(Make(raw).image_url(), "");
}

TEST(PageTest, RejectsAPageWithoutAnArticle) {
  v1::RawArticle raw;
  raw.set_html("<html><body><ul><li><a href=/a>Home</a></li><li><a href=/b>Sports</a></li></ul></body></html>");
  auto made = Prepare(raw, PipelineLimits(), kReceived);
  const auto* rejection = std::get_if<Rejection>(&made);
  ASSERT_NE(rejection, nullptr);
  EXPECT_EQ(rejection->reason, v1::REASON_NO_ARTICLE);
  EXPECT_EQ(rejection->field, "html");
}

TEST(PageTest, KeepsAFragmentWhole) {
  v1::RawArticle raw;
  raw.set_html("<p>The crane is gone.</p><p>Nobody misses it.</p>");
  EXPECT_EQ(Make(raw).body(), "The crane is gone.\n\nNobody misses it.");
}

}  // namespace
}  // namespace broadsheet::ingest
