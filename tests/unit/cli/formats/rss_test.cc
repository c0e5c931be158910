#include "gmock/gmock.h"
#include "readings.h"

namespace broadsheet::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string Rss(const std::string& items) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Tidewire &amp; Co</title><link>https://www.tidewire.example/</link><language>en-GB</language>
<copyright>Tidewire 2025</copyright>
)" + items +
         "</channel></rss>\n";
}

TEST(Rss, ReadsAnItemWithEverything) {
  const auto article = ReadOne(Rss(R"(<item>
    <title>Ferry aground &amp;amp; leaking</title>
    <link>https://tidewire.example/2025/ferry?utm_source=rss</link>
    <guid isPermaLink="false">4711</guid>
    <dc:creator>Ilse Tarrant</dc:creator><dc:creator>Bo Reyes</dc:creator>
    <category>Sea</category><category>Accidents</category>
    <pubDate>Wed, 03 Sep 2025 04:17:00 GMT</pubDate>
    <description>The ferry Marigold ran aground.</description>
    <content:encoded><![CDATA[<p>The ferry <b>Marigold</b> ran aground.</p><p>Nobody was hurt.</p>]]></content:encoded>
    <media:content url="https://img.tidewire.example/1.jpg" medium="image"/>
  </item>)"));
  EXPECT_EQ(article.title(), "Ferry aground & leaking");
  EXPECT_EQ(article.id(), "tidewire.example:4711");
  EXPECT_EQ(article.url(), "https://tidewire.example/2025/ferry?utm_source=rss");
  EXPECT_EQ(article.source(), "Tidewire & Co");
  EXPECT_EQ(article.language(), "en-GB");
  EXPECT_THAT(article.authors(), ElementsAre("Ilse Tarrant", "Bo Reyes"));
  EXPECT_THAT(article.tags(), ElementsAre("Sea", "Accidents"));
  EXPECT_EQ(article.published(), "Wed, 03 Sep 2025 04:17:00 GMT");
  EXPECT_EQ(article.html(), "<p>The ferry <b>Marigold</b> ran aground.</p><p>Nobody was hurt.</p>");
  EXPECT_EQ(article.image_url(), "https://img.tidewire.example/1.jpg");
  EXPECT_EQ(article.attributes().at("rights"), "Tidewire 2025");
  EXPECT_FALSE(article.attributes().contains("feed.content"));
}

TEST(Rss, SaysThatADescriptionIsASummary) {
  const auto article = ReadOne(Rss("<item><title>T</title><description>Only this.</description></item>"));
  EXPECT_EQ(article.text(), "Only this.");
  EXPECT_EQ(article.attributes().at("feed.content"), "summary");
}

TEST(Rss, TakesTheTitleAsTextWhenThereIsNothingElse) {
  const auto article = ReadOne(Rss("<item><title>Bridge shut</title><link>https://a.example/1</link></item>"));
  EXPECT_EQ(article.text(), "Bridge shut");
  EXPECT_EQ(article.attributes().at("feed.content"), "title");
}

TEST(Rss, LeavesOutAnIdThatIsTheAddress) {
  const auto article = ReadOne(Rss(
      "<item><guid>https://a.example/1#2</guid><link>https://a.example/1</link><description>x</description></item>"));
  EXPECT_EQ(article.id(), "");
  EXPECT_EQ(article.url(), "https://a.example/1");
}

TEST(Rss, KeepsAnIdThatIsAnAddressButNoLink) {
  const auto article =
      ReadOne(Rss("<item><guid isPermaLink=\"false\">https://a.example/?p=7</guid><description>x"
                  "</description><media:keywords>sea, fog</media:keywords></item>"));
  EXPECT_EQ(article.id(), "https://a.example/?p=7");
  EXPECT_EQ(article.url(), "");
  EXPECT_THAT(article.tags(), ElementsAre("sea", "fog"));
}

TEST(Rss, TakesAPermanentLinkAsTheAddress) {
  const auto article = ReadOne(Rss("<item><guid>https://a.example/9</guid><description>x</description></item>"));
  EXPECT_EQ(article.url(), "https://a.example/9");
  EXPECT_EQ(article.id(), "");
}

TEST(Rss, ReadsTheNameBesideAnAddressOfMail) {
  const auto article =
      ReadOne(Rss("<item><author>ada@a.example (Ada Lind)</author><description>x</description></item>"));
  EXPECT_THAT(article.authors(), ElementsAre("Ada Lind"));
}

TEST(Rss, KeepsMarkupThatNobodyEscaped) {
  const auto article = ReadOne(Rss("<item><description><p>One</p><p>Two &nbsp;three</p></description></item>"));
  EXPECT_EQ(article.html(), "<p>One</p><p>Two \u00a0three</p>");
}

TEST(Rss, ReadsVersion091WithItsDocumentType) {
  const auto article = ReadOne(
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\"\n"
      " \"http://my.netscape.com/publish/formats/rss-0.91.dtd\">\n<rss version=\"0.91\"><channel><title>Z\xfcrich"
      "</title><item><title>Caf&eacute; closes</title><description>Soon</description></item></channel></rss>");
  EXPECT_EQ(article.title(), "Café closes");
  EXPECT_EQ(article.source(), "Zürich");
}

TEST(Rss, ReadsRdf) {
  const auto items = ReadAll(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://a.example/"><title>Orvane Bote</title><dc:language>de</dc:language></channel>
    <item rdf:about="https://a.example/1"><title>Riss im Damm</title><link>https://a.example/1</link>
      <dc:date>2025-06-21T10:00:00+02:00</dc:date><dc:creator>Tomasz Wielgo</dc:creator>
      <description>Ein Riss.</description></item>
    <item rdf:about="https://a.example/2"><title>Zwei</title><description>Noch einer.</description></item></rdf:RDF>)");
  ASSERT_EQ(items.size(), 2u);
  const auto& article = items[0].request.article();
  EXPECT_EQ(article.title(), "Riss im Damm");
  EXPECT_EQ(article.source(), "Orvane Bote");
  EXPECT_EQ(article.language(), "de");
  EXPECT_EQ(article.published_time().seconds(), 1750492800);
  EXPECT_THAT(article.authors(), ElementsAre("Tomasz Wielgo"));
}

TEST(Rss, UnderstandsPrefixesThatNobodyDeclared) {
  const auto article = ReadOne(
      "<rss version=\"2.0\"><channel><item><title>T</title><dc:creator>Ada Lind</dc:creator>"
      "<content:encoded>Whole text</content:encoded></item></channel></rss>");
  EXPECT_THAT(article.authors(), ElementsAre("Ada Lind"));
  EXPECT_EQ(article.text(), "Whole text");
}

TEST(Rss, MendsLooseAmpersandsAndAngles) {
  const auto article = ReadOne(Rss("<item><title>A & B &unknown; 1 < 2</title><description>x</description></item>"));
  EXPECT_EQ(article.title(), "A & B &unknown; 1 < 2");
}

TEST(Rss, ResolvesAnAddressFromTheRootOfTheSite) {
  const auto article = ReadOne(Rss("<item><link>/news/1</link><description>x</description></item>"));
  EXPECT_EQ(article.url(), "https://www.tidewire.example/news/1");
}

TEST(Rss, ABrokenItemCostsOnlyItselfAndSaysItsLine) {
  const auto items =
      ReadAll(Rss("<item><description>one</description></item>\n<item><title>a</b></title></item>\n"
                  "<item><description>three</description></item>"));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].request.article().text(), "one");
  EXPECT_THAT(items[1].origin, HasSubstr(":7 (item 2)"));
  EXPECT_THAT(Message(items[1]), HasSubstr("line 7"));
  EXPECT_EQ(items[2].request.article().text(), "three");
}

TEST(Rss, AnItemThatNeverEndsLeavesTheNextAlone) {
  const auto items =
      ReadAll(Rss("<item><description>one</description>\n<item><description>two</description></item>"
                  "<item><description><![CDATA[ open </description></item>"
                  "<item><description>four</description></item>"));
  ASSERT_EQ(items.size(), 4u);
  EXPECT_THAT(Message(items[0]), HasSubstr("next item begins"));
  EXPECT_EQ(items[1].request.article().text(), "two");
  EXPECT_THAT(Message(items[2]), HasSubstr("CDATA"));
  EXPECT_EQ(items[3].request.article().text(), "four");
}

TEST(Rss, SaysWhenTheFileEndsInsideAnItem) {
  const std::string whole =
      Rss("<item><description>one</description></item><item><description>two</description></item>");
  const auto items = ReadAll(whole.substr(0, whole.find("two") + 1));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_TRUE(items[0].status.ok());
  EXPECT_THAT(Message(items[1]), HasSubstr("ends in the middle"));
}

}  // namespace
}  // namespace broadsheet::cli
