#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/parse/html.h"
#include "ingest/parse/page_authors.h"

namespace broadsheet::ingest {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Markup Read(const std::string& head, const std::string& body = "") {
  absl::StatusOr<MarkupText> read = ReadHtml("<html lang=de><head>" + head + "</head><body>" + body + "</body></html>");
  EXPECT_TRUE(read.ok()) << read.status();
  return read.ok() ? read->markup : Markup();
}

// The dates that a page offers, likely ones first.
std::vector<std::string> Dates(const std::string& head, const std::string& body = "") {
  std::vector<std::string> words;
  for (const PageDate& date : Read(head, body).published)
    words.push_back(date.words);
  return words;
}

std::string Ld(const std::string& json) {
  return "<script type=\"application/ld+json\">" + json + "</script>";
}

TEST(HtmlMetadataTest, ReadsEveryFieldOfJsonLdFirst) {
  const Markup markup = Read(
      "<meta property='og:title' content='Other'><meta property='og:site_name' content='Alder Post'>"
      "<meta property='og:image' content='https://alder.example/other.jpg'><link rel=canonical "
      "href='https://alder.example/a'>" +
      Ld(R"({"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry late again",
             "alternativeHeadline":"Third time this week","author":[{"@type":"Person","name":"Ann Writer"},"By Bob Author"],
             "datePublished":"2025-06-21T10:00:00Z","dateModified":"2025-06-22","articleSection":"Harbour",
             "keywords":["ferry","harbour"],"image":{"url":"//img.alder.example/a.jpg"},"inLanguage":"en"})"));
  EXPECT_EQ(markup.title, "Ferry late again");
  EXPECT_EQ(markup.subtitle, "Third time this week");
  EXPECT_THAT(markup.authors, ElementsAre("Ann Writer", "Bob Author"));
  ASSERT_EQ(markup.published.size(), 1);
  EXPECT_EQ(markup.published[0].words, "2025-06-21T10:00:00Z");
  EXPECT_EQ(markup.published[0].from, "JSON-LD datePublished");
  EXPECT_EQ(markup.updated, "2025-06-22");
  EXPECT_EQ(markup.section, "Harbour");
  EXPECT_THAT(markup.tags, ElementsAre("ferry", "harbour"));
  EXPECT_EQ(markup.site, "Alder Post");
  EXPECT_EQ(markup.canonical_url, "https://alder.example/a");
  EXPECT_EQ(markup.language, "de");  // of the page itself
  EXPECT_EQ(markup.image_url, "https://img.alder.example/a.jpg");
  EXPECT_EQ(markup.from.title, "JSON-LD headline");
  EXPECT_EQ(markup.from.image_url, "JSON-LD image");
  EXPECT_EQ(markup.from.site, "og:site_name");
}

TEST(HtmlMetadataTest, FollowsGraphsListsAndReferences) {
  const Markup markup =
      Read(Ld(R"([{"@type":"BreadcrumbList"},{"@graph":[{"@type":"WebPage","datePublished":"2025-01-02"},
             {"@type":["Article","SocialMediaPosting"],"headline":"In a graph","author":{"@id":"#p"}},
             {"@type":"Person","@id":"#p","name":"Ann Writer"}]}])"));
  EXPECT_EQ(markup.title, "In a graph");
  EXPECT_THAT(markup.authors, ElementsAre("Ann Writer"));
  ASSERT_EQ(markup.published.size(), 1);
  EXPECT_EQ(markup.published[0].words, "2025-01-02");
}

TEST(HtmlMetadataTest, ToleratesBrokenJsonLd) {
  EXPECT_EQ(Read(Ld("{\"@type\":\"NewsArticle\",\"headline\":\"Two\nlines\",}")).title, "Two lines");
  EXPECT_EQ(Read(Ld("<!-- {\"@type\":\"NewsArticle\",\"headline\":\"Wrapped\"} -->")).title, "Wrapped");
  EXPECT_EQ(Read(Ld("//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Wrapped\"}\n//]]>")).title, "Wrapped");
  EXPECT_EQ(Read("<meta property='og:title' content='Fallback'>" + Ld("{\"@type\": NewsArticle")).title, "Fallback");
  EXPECT_EQ(Read("<title>T</title>" + Ld("[[[[[[[[[[[[[[[[[[[[[[[{\"@type\":\"NewsArticle\"}]]]]]")).title, "T");
}

TEST(HtmlMetadataTest, DoesNotTakeTheArticlesOfAListForThisOne) {
  const Markup markup =
      Read("<title>Harbour</title>" +
           Ld(R"({"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Of the list"}]})"));
  EXPECT_EQ(markup.title, "Harbour");
}

TEST(HtmlMetadataTest, ReadsMetaElementsThenThePage) {
  const Markup markup = Read(
      "<title>Ferry late - Alder Post</title><meta name='author' content='Ann Writer'><meta name=news_keywords "
      "content='ferry, harbour'><meta property='article:section' content='Harbour'>",
      "<h1>Ferry late</h1><p class='article-subtitle'>Third time this week</p><span class=byline>By Bob Author</span>"
      "<time datetime='2025-06-21T10:00'>Saturday</time>");
  EXPECT_EQ(markup.title, "Ferry late");
  EXPECT_EQ(markup.subtitle, "Third time this week");
  EXPECT_THAT(markup.authors, ElementsAre("Ann Writer"));
  ASSERT_FALSE(markup.published.empty());
  EXPECT_EQ(markup.published[0].words, "2025-06-21T10:00");
  EXPECT_THAT(markup.tags, ElementsAre("ferry", "harbour"));
  EXPECT_EQ(markup.section, "Harbour");
  EXPECT_THAT(Read("", "<div class=byline>By Ann Writer and Bob Author, Staff Writer</div>").authors,
              ElementsAre("Ann Writer", "Bob Author"));
}

TEST(HtmlMetadataTest, TakesTheNameOfTheOutletOffTheTitle) {
  EXPECT_EQ(Read("<title>Fähre zu spät | Alder Post</title><meta property='og:site_name' content='Alder Post'>").title,
            "Fähre zu spät");
  EXPECT_EQ(Read("<meta property='og:title' content='Fähre zu spät - AlderPost.example'><meta property='og:site_name' "
                 "content='AlderPost'>")
                .title,
            "Fähre zu spät");
  EXPECT_EQ(Read("<title>Ferry late - what happens now to those who wait</title>").title,
            "Ferry late - what happens now to those who wait");
}

TEST(HtmlMetadataTest, TakesMarksOfMediaOffTheTitle) {
  EXPECT_EQ(Read("<title>A seal comes to the market [WATCH]</title>").title, "A seal comes to the market");
  EXPECT_EQ(Read("<title>A seal comes to the market (again)</title>").title, "A seal comes to the market (again)");
}

TEST(HtmlMetadataTest, PrefersTheHeadlineThatPeopleSee) {
  const std::string head = "<meta property='og:title' content='Ferry late: all you need to know'>";
  EXPECT_EQ(Read(head, "<h1>The ferry to Birch is late once more</h1>").title, "The ferry to Birch is late once more");
  EXPECT_EQ(Read(head, "<h1>Opinion Ferry late: all you need to know</h1>").title, "Ferry late: all you need to know");
  EXPECT_EQ(Read(head, "<h1>Alder</h1>").title, "Ferry late: all you need to know");
}

TEST(HtmlMetadataTest, TakesKickerAndSubtitleOffTheHeadline) {
  EXPECT_EQ(Read("", "<h1><span class=kicker>Harbour</span>: <span>The ferry is late once more</span></h1>").title,
            "The ferry is late once more");
  EXPECT_EQ(Read("", "<h1>The ferry is late once more<small class=subtitle>Third time</small></h1>").title,
            "The ferry is late once more");
  EXPECT_EQ(Read("", "<h1><span class=kicker>The ferry is late once more</span> Ah</h1>").title,
            "The ferry is late once more Ah")
      << "nothing would be left";
}

TEST(HtmlMetadataTest, OffersTheMetadataBeforeWhatThePageShows) {
  EXPECT_THAT(Dates("<meta name=date content='today'><meta name=pubdate content='June 21, 2025'>",
                    "<div class='post-date'>Posted June 22, 2025</div>"),
              ElementsAre("June 21, 2025", "Posted June 22, 2025", "Posted June 22, 2025"));
  EXPECT_THAT(Dates(Ld(R"({"@type":"HowTo","datePublished":"2025-06-20"})") + "<meta name=dc.date content=2025-06-21>"),
              ElementsAre("2025-06-20", "2025-06-21"));
  const Markup markup = Read("<meta name=pubdate content='June 21, 2025'>", "<time datetime=2025-06-22></time>");
  ASSERT_EQ(markup.published.size(), 2);
  EXPECT_TRUE(markup.published[0].firm);
  EXPECT_FALSE(markup.published[1].firm);
}

TEST(HtmlMetadataTest, OffersTheElementOfPublicationFirstAndNoUpdates) {
  EXPECT_THAT(Dates("",
                    "<time class=updated datetime='2025-06-23'></time><time datetime='2025-06-22'></time><time "
                    "itemprop=datePublished datetime='2025-06-21'></time>"),
              ElementsAre("2025-06-21", "2025-06-22"));
  EXPECT_THAT(Dates("", "<abbr itemprop=datePublished title=2025-06-21T10:00>10:00</abbr>"),
              ElementsAre("2025-06-21T10:00", "10:00"));
}

TEST(HtmlMetadataTest, OffersTimeElementsWithoutAttributesAndNoDatesOfComments) {
  EXPECT_THAT(Dates("", "<div class=comment-date>June 23, 2025</div><time>June 21, 2025</time>"),
              ElementsAre("June 21, 2025"));
  EXPECT_THAT(Dates("", "<time class='published updated' datetime=2025-06-21></time>"), ElementsAre("2025-06-21"));
}

TEST(HtmlMetadataTest, OffersOfTheTextAboveTheHeadlineTheNearestFirst) {
  EXPECT_THAT(Dates("", "<i>20.06.2025</i><b>21.06.2025</b><h1>The ferry is late</h1>"),
              ElementsAre("21.06.2025", "20.06.2025"));
}

TEST(HtmlMetadataTest, OffersWhatStandsBelowTheHeadlineBeforeTheRest) {
  EXPECT_THAT(Dates("",
                    "<div><i>Other news</i> <b>19.06.2025</b></div><h1>Ferry of 2025, 12 late</h1><p><b>Harbour</b> "
                    "<i>June 21, 2025</i></p>"),
              ElementsAre("June 21, 2025", "19.06.2025"));
  EXPECT_THAT(Dates("",
                    "<time datetime=2025-06-19></time><h1>The ferry is late</h1><p><time datetime=2025-06-21></time>"
                    "<span class=meta>21.06.25</span></p>"),
              ElementsAre("2025-06-21", "21.06.25", "21.06.25", "2025-06-19"));
}

TEST(HtmlMetadataTest, TellsTheHeadlineByTheTitle) {
  EXPECT_THAT(Dates("<title>The ferry is late - Alder Post</title>",
                    "<h1>Alder Post</h1><p>19.06.2025</p><h2>The ferry is late</h2><p>21.06.2025</p>"),
              ElementsAre("21.06.2025", "19.06.2025"));
}

TEST(HtmlMetadataTest, OffersLinesThatSayWhenWhereverTheyStand) {
  std::string body = "<h1>The ferry is late</h1>";
  for (int line = 0; line < 50; ++line)
    body += "<p>Far below the headline</p>";
  EXPECT_THAT(Dates("", body + "<p>21.06.2025</p>"), IsEmpty());
  EXPECT_THAT(Dates("", body + "<p>Erstellt am: 21.06.2025</p>"), ElementsAre("Erstellt am: 21.06.2025"));
  EXPECT_THAT(Dates("", body + "<b>Published</b> <i>21.06.2025</i>"), ElementsAre("21.06.2025"));
}

TEST(HtmlMetadataTest, CompletesAddressesOfImages) {
  EXPECT_EQ(Read("<link rel=canonical href='https://alder.example/2025/a'><meta property=og:image content='/i/a.jpg'>")
                .image_url,
            "https://alder.example/i/a.jpg");
  EXPECT_EQ(Read("<meta property=og:image content='data:image/png;base64,AAAA'>").image_url, "");
}

TEST(HtmlMetadataTest, WhoCommentsIsNoAuthor) {
  EXPECT_THAT(Read("", "<p class=comment-form-author>Name</p><p class='comment author'>Carla Sailor</p>").authors,
              IsEmpty());
  EXPECT_THAT(Read("", "<p class=byline><span class=sr-only>Author</span>Ann Writer</p>").authors,
              ElementsAre("Ann Writer"));
}

TEST(PageAuthorsTest, KeepsNamesOnly) {
  EXPECT_THAT(CleanAuthors({"By Ann Writer, Bob Author and Carla de la Press | Alder Post"}, {}),
              ElementsAre("Ann Writer", "Bob Author", "Carla de la Press"));
  EXPECT_THAT(
      CleanAuthors({"https://alder.example/ann", "ann@alder.example", "@ann", "Updated June 3", "Senior Reporter"}, {}),
      IsEmpty());
  EXPECT_THAT(CleanAuthors({"Ann O&#039;Writer", "ANN O'WRITER", "Bob Author Jr. (Agency)"}, {}),
              ElementsAre("Ann O'Writer", "Bob Author Jr."));
  EXPECT_THAT(CleanAuthors({"Von Anna Schreiber", "Von Miller", "Julia Fellows"}, {}),
              ElementsAre("Anna Schreiber", "Von Miller", "Julia Fellows"));
  EXPECT_THAT(CleanAuthors({"von Anna", "Artikel von Bert Binder", "Auteur : Claire Dupont", "a cura di Dino Esposito",
                            "Eva Fischer Alle Artikel"},
                           {}),
              ElementsAre("Anna", "Bert Binder", "Claire Dupont", "Dino Esposito", "Eva Fischer"));
  EXPECT_THAT(CleanAuthors({"Von", "Name", "Veröffentlicht am", "Auteurs", "Publié le", "Artikel von", "Autor:"}, {}),
              IsEmpty());
  EXPECT_THAT(CleanAuthors({"The Alder Post", "alderpost", "Ann Writer"}, {"Alder Post"}), ElementsAre("Ann Writer"));
  EXPECT_THAT(CleanAuthors({"書き手 太郎、作家 花子"}, {}), ElementsAre("書き手 太郎", "作家 花子"));
}

}  // namespace
}  // namespace broadsheet::ingest
