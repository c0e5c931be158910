#include "gmock/gmock.h"
#include "readings.h"

namespace broadsheet::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string Atom(const std::string& entries) {
  return R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example/news/" xml:lang="fr">
<title type="html">Le &lt;b&gt;Phare&lt;/b&gt;</title><link href="./"/><author><name>La rédaction</name></author>
)" + entries +
         "</feed>";
}

TEST(Atom, ReadsAnEntryWithXhtml) {
  const auto article = ReadOne(Atom(R"(<entry xml:lang="en">
    <id>tag:blog.example,2025:1</id><title>Ferry &amp; fog</title>
    <link rel="self" href="1.atom"/><link rel="alternate" type="text/html" href="1.html"/>
    <author><name>Ilse Tarrant</name></author><category term="sea" label="Sea"/><category term="fog"/>
    <published>2025-09-03T04:17:00Z</published><updated>2025-09-03T06:00:00.5+02:00</updated>
    <summary>Short.</summary><rights>CC BY</rights>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p class="x">The ferry &lt;ran&gt; <a href="/m">aground</a>.</p><br/></div></content>
  </entry>)"));
  EXPECT_EQ(article.id(), "tag:blog.example,2025:1");
  EXPECT_EQ(article.title(), "Ferry & fog");
  EXPECT_EQ(article.url(), "https://blog.example/news/1.html");
  EXPECT_EQ(article.source(), "Le Phare");
  EXPECT_EQ(article.language(), "en");
  EXPECT_THAT(article.authors(), ElementsAre("Ilse Tarrant"));
  EXPECT_THAT(article.tags(), ElementsAre("Sea", "fog"));
  EXPECT_EQ(article.published_time().seconds(), 1756873020);
  EXPECT_EQ(article.updated_time().seconds(), 1756872000);
  EXPECT_EQ(article.updated_time().nanos(), 500000000);
  EXPECT_EQ(article.html(), "<div><p>The ferry &lt;ran&gt; <a href=\"/m\">aground</a>.</p><br></div>");
  EXPECT_EQ(article.attributes().at("rights"), "CC BY");
}

TEST(Atom, TellsTextFromHtml) {
  const auto items =
      ReadAll(Atom("<entry><id>urn:a:1</id><title>1</title><content>5 &lt; 6 &amp;amp; 7</content></entry>"
                   "<entry><id>urn:a:2</id><title>2</title><content type=\"html\">&lt;p&gt;Hi&lt;/p&gt;"
                   "</content></entry>"
                   "<entry><id>urn:a:3</id><title>3</title><summary>Only this</summary></entry>"));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].request.article().text(), "5 < 6 &amp; 7");
  EXPECT_EQ(items[1].request.article().html(), "<p>Hi</p>");
  EXPECT_EQ(items[2].request.article().text(), "Only this");
  EXPECT_EQ(items[2].request.article().attributes().at("feed.content"), "summary");
}

TEST(Atom, InheritsLanguageAndAuthorFromTheFeed) {
  const auto article = ReadOne(Atom("<entry><id>urn:a:1</id><title>t</title><content>c</content></entry>"));
  EXPECT_EQ(article.language(), "fr");
  EXPECT_THAT(article.authors(), ElementsAre("La rédaction"));
}

TEST(Atom, TakesTheSourceOfAnEntryFromElsewhere) {
  const auto article =
      ReadOne(Atom("<entry><id>urn:a:1</id><title>t</title><content>c</content><source><title>Origin"
                   "</title><author><name>Bo Reyes</name></author></source></entry>"));
  EXPECT_EQ(article.source(), "Origin");
  EXPECT_THAT(article.authors(), ElementsAre("Bo Reyes"));
}

TEST(Atom, ReadsAFeedWhoseNamespaceWasForgotten) {
  const auto article = ReadOne("<feed><title>F</title><entry><title>T</title><content>c</content></entry></feed>");
  EXPECT_EQ(article.text(), "c");
  EXPECT_EQ(article.source(), "F");
}

TEST(Atom, ReadsASingleEntryDocument) {
  const auto article = ReadOne(
      "<?xml version=\"1.0\"?><entry xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:a:1</id>"
      "<title>Alone</title><content>c</content></entry>");
  EXPECT_EQ(article.title(), "Alone");
}

TEST(Atom, ReadsVersion03) {
  const auto article = ReadOne(R"(<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title>
    <entry><title>T</title><id>urn:o:1</id><link rel="alternate" type="text/html" href="http://o.example/1"/>
    <issued>2003-12-13T08:29:29-04:00</issued><modified>2003-12-13T18:30:02Z</modified>
    <content type="text/html" mode="escaped">&lt;p&gt;Old&lt;/p&gt;</content></entry></feed>)");
  EXPECT_EQ(article.html(), "<p>Old</p>");
  EXPECT_EQ(article.published_time().seconds(), 1071318569);
  EXPECT_EQ(article.updated_time().seconds(), 1071340202);
}

TEST(Atom, ADeletedEntryIsADeletion) {
  const auto items = ReadAll(Atom(R"(<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0"
    ref="tag:blog.example,2025:1" when="2025-09-04T00:00:00Z"><at:comment>Published in error</at:comment></at:deleted-entry>)"));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].request.deletion().id(), "tag:blog.example,2025:1");
  EXPECT_EQ(items[0].request.deletion().reason(), "Published in error");
  EXPECT_EQ(items[0].request.deletion().updated_time().seconds(), 1756944000);
}

}  // namespace
}  // namespace broadsheet::cli
