#include "gmock/gmock.h"
#include "readings.h"

namespace broadsheet::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(JsonFeed, ReadsItemsOfBothVersions) {
  const auto items = ReadAll(R"({"version": "https://jsonfeed.org/version/1.1", "title": "Halden Chips",
    "home_page_url": "https://chips.example/", "language": "en", "authors": [{"name": "The desk"}],
    "items": [
      {"id": 12, "url": "https://chips.example/12", "title": "A &amp; B", "content_html": "<p>Plant</p>",
       "content_text": "Plant", "date_published": "2025-03-11T10:00:00Z", "date_modified": "2025-03-12T10:00:00Z",
       "tags": ["chips", 5], "image": "https://chips.example/12.png", "author": {"name": "Ada Lind"}},
      7,
      {"id": "tag:chips.example,2025:13", "summary": "Jobs come", "language": "de"}
    ]})");
  ASSERT_EQ(items.size(), 3u);
  const auto& article = items[0].request.article();
  EXPECT_EQ(article.id(), "chips.example:12");
  EXPECT_EQ(article.title(), "A & B");
  EXPECT_EQ(article.html(), "<p>Plant</p>");
  EXPECT_EQ(article.source(), "Halden Chips");
  EXPECT_THAT(article.authors(), ElementsAre("Ada Lind"));
  EXPECT_THAT(article.tags(), ElementsAre("chips"));
  EXPECT_EQ(article.image_url(), "https://chips.example/12.png");
  EXPECT_EQ(article.published_time().seconds(), 1741687200);
  EXPECT_EQ(article.updated_time().seconds(), 1741773600);
  EXPECT_THAT(items[1].origin, HasSubstr("[1]"));
  EXPECT_THAT(Message(items[1]), HasSubstr("no JSON object"));
  EXPECT_EQ(items[2].request.article().id(), "tag:chips.example,2025:13");
  EXPECT_EQ(items[2].request.article().language(), "de");
  EXPECT_THAT(items[2].request.article().authors(), ElementsAre("The desk"));
  EXPECT_EQ(items[2].request.article().attributes().at("feed.content"), "summary");
}

TEST(Ninjs, ReadsVersion1) {
  const auto article = ReadOne(R"({"uri": "http://wire.example/items/1", "type": "text", "versioncreated":
    "2025-06-21T10:00:00Z", "firstcreated": "2025-06-21T08:00:00Z", "pubstatus": "usable", "language": "en", "urgency": 4,
    "headline": "Crack in the dam", "byline": "By Tomasz Wielgo and Ada Lind", "slugline": "DAM",
    "body_text": "A crack.", "body_xhtml": "<p>A crack.</p>", "description_text": "Short",
    "subject": [{"name": "dams"}, {"code": "x"}], "infosource": [{"name": "Wire"}], "copyrightnotice": "Wire 2025",
    "associations": {"main": {"type": "picture", "renditions": {"small": {"href": "https://i.example/s.jpg",
      "mimetype": "image/jpeg", "width": 100}, "big": {"href": "https://i.example/b.jpg", "mimetype": "image/jpeg",
      "width": 900}}}}})");
  EXPECT_EQ(article.id(), "http://wire.example/items/1");
  EXPECT_EQ(article.url(), "");
  EXPECT_EQ(article.title(), "Crack in the dam");
  EXPECT_EQ(article.html(), "<p>A crack.</p>");
  EXPECT_EQ(article.source(), "Wire");
  EXPECT_THAT(article.authors(), ElementsAre("Tomasz Wielgo", "Ada Lind"));
  EXPECT_THAT(article.tags(), ElementsAre("dams"));
  EXPECT_EQ(article.published_time().seconds(), 1750492800);
  EXPECT_EQ(article.updated_time().seconds(), 1750500000);
  EXPECT_EQ(article.image_url(), "https://i.example/b.jpg");
  EXPECT_EQ(article.attributes().at("urgency"), "4");
  EXPECT_EQ(article.attributes().at("rights"), "Wire 2025");
  EXPECT_FALSE(article.attributes().contains("feed.content"));
}

TEST(Ninjs, ReadsVersion3) {
  const auto article = ReadOne(R"({
    "standard": {"name": "ninjs", "version": "3.0"}, "uri": "urn:wire:2", "type": "text",
    "versionCreated": "2025-06-21T10:00:00Z", "pubStatus": "usable", "by": "Ada Lind",
    "headlines": [{"role": "sub", "value": "Valley waits"}, {"role": "main", "value": "Crack"}],
    "bodies": [{"role": "main", "contentType": "text/plain", "value": "A crack. Long and plain."},
               {"role": "richtext", "contentType": "application/xhtml+xml", "value": "<p>A crack.</p>"}],
    "subjects": [{"name": "dams", "uri": "x"}], "infoSources": [{"name": "Wire"}],
    "renditions": [{"href": "https://i.example/not-mine.jpg"}]
  })");
  EXPECT_EQ(article.id(), "urn:wire:2");
  EXPECT_EQ(article.title(), "Crack");
  EXPECT_EQ(article.subtitle(), "Valley waits");
  EXPECT_EQ(article.html(), "<p>A crack.</p>");
  EXPECT_EQ(article.image_url(), "");
}

std::string Ninjs(const std::string& more) {
  return R"({"uri": "urn:wire:3", "type": "text", "headline": "H", "body_text": "B", "versioncreated": "2025-06-21T10:00:00Z", )" +
         more + "}";
}

TEST(Ninjs, KnowsItsStates) {
  EXPECT_TRUE(ReadOne(Ninjs(R"("pubstatus": "withheld")")).withheld());
  EXPECT_TRUE(ReadOne(Ninjs(R"("signals": [{"code": "correction"}])")).corrected());
  EXPECT_EQ(ReadOne(Ninjs(R"("embargoed": "2025-06-21T14:00:00Z")")).embargo_time().seconds(), 1750514400);
  const auto without_end = ReadOne(Ninjs(R"("embargoed": null, "embargoedreason": "until the speech")"));
  EXPECT_TRUE(without_end.withheld());
  EXPECT_EQ(without_end.attributes().at("embargo"), "until the speech");
  const auto items = ReadAll(Ninjs(R"("pubstatus": "canceled", "ednote": "Wrong dam")"));
  EXPECT_EQ(items.at(0).request.deletion().id(), "urn:wire:3");
  EXPECT_EQ(items.at(0).request.deletion().reason(), "Wrong dam");
}

TEST(Ninjs, ReadsOneALineAmongOurs) {
  const auto items =
      ReadAll(Ninjs(R"("slugline": "A")") + "\n{\"text\": \"ours\"}\n{broken\n" + Ninjs(R"("slugline": "B")"));
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].request.article().attributes().at("slugline"), "A");
  EXPECT_EQ(items[1].request.article().text(), "ours");
  EXPECT_FALSE(items[2].status.ok());
  EXPECT_EQ(items[3].request.article().attributes().at("slugline"), "B");
}

TEST(JsonLd, ReadsAGraph) {
  const auto items = ReadAll(R"({
    "@context": "https://schema.org", "@graph": [
      {"@type": "Organization", "name": "Orvane Post"},
      {"@type": ["WebPage", "schema:NewsArticle"], "headline": "Crack &amp; fear", "alternativeHeadline": "Valley waits",
       "articleBody": "A crack.\n\nIt grows.", "author": [{"@type": "Person", "name": "Tomasz Wielgo"}, "Ada Lind"],
       "articleSection": ["Region", "News"], "keywords": "dam, crack", "inLanguage": "en",
       "datePublished": "2025-06-21", "dateModified": "2025-06-21T10:00:00+00:00",
       "publisher": {"name": "Orvane Post"}, "url": "https://post.example/1", "@id": "https://post.example/1#article",
       "image": {"@type": "ImageObject", "url": "https://post.example/1.jpg"}, "isAccessibleForFree": false,
       "correction": {"@type": "CorrectionComment", "text": "The name was wrong"}}]})");
  ASSERT_EQ(items.size(), 1u);
  const auto& article = items[0].request.article();
  EXPECT_EQ(article.title(), "Crack & fear");
  EXPECT_EQ(article.subtitle(), "Valley waits");
  EXPECT_EQ(article.text(), "A crack.\n\nIt grows.");
  EXPECT_EQ(article.url(), "https://post.example/1");
  EXPECT_EQ(article.source(), "Orvane Post");
  EXPECT_EQ(article.section(), "Region");
  EXPECT_THAT(article.authors(), ElementsAre("Tomasz Wielgo", "Ada Lind"));
  EXPECT_THAT(article.tags(), ElementsAre("dam", "crack"));
  EXPECT_EQ(article.published(), "2025-06-21");
  EXPECT_EQ(article.image_url(), "https://post.example/1.jpg");
  EXPECT_TRUE(article.corrected());
  EXPECT_EQ(article.attributes().at("free"), "false");
}

TEST(JsonLd, ReadsTheUpdatesOfALiveBlog) {
  const auto article = ReadOne(R"({"@context": "http://schema.org", "@type": "LiveBlogPosting", "headline": "Cup final",
    "url": "https://cup.example/live", "articleBody": "We begin.", "liveBlogUpdate": [
    {"@type": "BlogPosting", "headline": "Goal", "articleBody": "3-2 & counting"}]})");
  EXPECT_EQ(article.html(), "<p>We begin.</p><h2>Goal</h2><p>3-2 &amp; counting</p>");
}

TEST(JsonLd, AWithdrawnArticleIsADeletion) {
  const auto items =
      ReadAll(R"({"@type": "NewsArticle", "url": "https://a.example/1", "creativeWorkStatus": "Retracted"})");
  EXPECT_EQ(items.at(0).request.deletion().url(), "https://a.example/1");
  EXPECT_EQ(items.at(0).request.deletion().reason(), "Retracted");
}

TEST(JsonNews, RefusesDepthAndSaysWhereJsonBreaks) {
  EXPECT_THAT(Message(ReadAll("[\n" + std::string(100000, '['))[0]), HasSubstr("deeper than 200"));
  EXPECT_THAT(Message(ReadAll("[\n{\"a\": 1},\n  x]")[0]), HasSubstr("line 3, column 3"));
}

TEST(JsonNews, LeavesOurOwnJsonAlone) {
  EXPECT_EQ(ReadOne("{\n  \"title\": \"T\",\n  \"text\": \"over many lines\"\n}").text(), "over many lines");
  EXPECT_THAT(Message(ReadAll("{\"txet\": \"x\"}")[0]), HasSubstr("txet"));
}

}  // namespace
}  // namespace broadsheet::cli
