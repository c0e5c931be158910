#include "gmock/gmock.h"
#include "readings.h"

namespace broadsheet::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string NewsItem(const std::string& management, const std::string& content =
                                                        "<contentSet><inlineData "
                                                        "contenttype=\"text/plain\">Words."
                                                        "</inlineData></contentSet>") {
  return R"(<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:wire.example:20250903:1" version="3"
      standard="NewsML-G2" standardversion="2.30" xml:lang="en">
    <rightsInfo><copyrightNotice>Wire 2025</copyrightNotice></rightsInfo>
    <itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:WIRE"><name>Wire Agency</name></provider>
      <versionCreated>2025-09-03T05:00:00Z</versionCreated><firstCreated>2025-09-03T04:00:00Z</firstCreated>)" +
         management + R"(</itemMeta>
    <contentMeta><urgency>3</urgency><headline role="hldrole:sub">Nobody hurt</headline>
      <headline role="hldrole:main">Ferry aground</headline><creator uri="x"><name>Ilse Tarrant</name></creator>
      <subject qcode="medtop:1"><name xml:lang="de">Unfall</name><name xml:lang="en">accident</name></subject>
      <keyword>ferry</keyword><genre qcode="genre:Current"/><slugline>FERRY</slugline></contentMeta>)" +
         content + "</newsItem>";
}

TEST(NewsMl, ReadsANewsItemWithNitf) {
  const auto article = ReadOne(NewsItem("<pubStatus qcode=\"stat:usable\"/>", R"(<contentSet>
    <inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
    <body.head><hedline><hl1>Ferry aground off Sund</hl1></hedline></body.head>
    <body.content><p>The <org>Harbour Office</org> said so.</p><hl2>Rescue</hl2><p>All safe.</p></body.content></body></nitf>
    </inlineXML></contentSet>)"));
  EXPECT_EQ(article.id(), "urn:newsml:wire.example:20250903:1");
  EXPECT_EQ(article.title(), "Ferry aground off Sund");
  EXPECT_EQ(article.subtitle(), "Nobody hurt");
  EXPECT_EQ(article.source(), "Wire Agency");
  EXPECT_THAT(article.authors(), ElementsAre("Ilse Tarrant"));
  EXPECT_THAT(article.tags(), ElementsAre("accident", "ferry"));
  EXPECT_EQ(article.published_time().seconds(), 1756872000);
  EXPECT_EQ(article.updated_time().seconds(), 1756875600);
  EXPECT_EQ(article.html(), "<p>The Harbour Office said so.</p><h2>Rescue</h2><p>All safe.</p>");
  EXPECT_EQ(article.attributes().at("urgency"), "3");
  EXPECT_EQ(article.attributes().at("genre"), "Current");
  EXPECT_EQ(article.attributes().at("slugline"), "FERRY");
  EXPECT_EQ(article.attributes().at("type"), "text");
  EXPECT_EQ(article.attributes().at("rights"), "Wire 2025");
  EXPECT_FALSE(article.withheld());
  EXPECT_FALSE(article.corrected());
}

TEST(NewsMl, KnowsItsStates) {
  EXPECT_TRUE(ReadOne(NewsItem("<pubStatus qcode=\"stat:withheld\"/>")).withheld());
  EXPECT_TRUE(ReadOne(NewsItem("<pubStatus uri=\"http://cv.iptc.org/newscodes/pubstatusg2/withheld\"/>")).withheld());
  EXPECT_TRUE(ReadOne(NewsItem("<signal qcode=\"sig:correction\"/>")).corrected());
  EXPECT_EQ(ReadOne(NewsItem("<embargoed>2025-09-03T23:00:00+01:00</embargoed>")).embargo_time().seconds(), 1756936800);
  const auto without_end = ReadOne(NewsItem("<embargoed/>"));
  EXPECT_TRUE(without_end.withheld());
  EXPECT_EQ(without_end.attributes().at("embargo"), "until further notice");
}

TEST(NewsMl, ACancelledItemIsADeletionWithItsReason) {
  const auto items =
      ReadAll(NewsItem("<pubStatus qcode=\"stat:canceled\"/><edNote>The ferry was another one.</edNote>"));
  ASSERT_EQ(items.size(), 1u);
  const auto& deletion = items[0].request.deletion();
  EXPECT_EQ(deletion.id(), "urn:newsml:wire.example:20250903:1");
  EXPECT_EQ(deletion.reason(), "The ferry was another one.");
  EXPECT_EQ(deletion.updated_time().seconds(), 1756875600);
}

TEST(NewsMl, RefusesAStateThatItDoesNotKnow) {
  const auto items = ReadAll(NewsItem("<pubStatus qcode=\"stat:rumour\"/>"));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_THAT(Message(items[0]), HasSubstr("rumour"));
}

TEST(NewsMl, ReadsTheItemsOfAMessage) {
  const auto items = ReadAll(
      "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><header><sent>2025-09-03T05:00:00Z"
      "</sent></header><itemSet>" +
      NewsItem("") +
      "<newsItem guid=\"urn:x:2\"></newsItem>"
      "<conceptItem guid=\"urn:x:3\"><itemMeta/></conceptItem>" +
      NewsItem("") + "</itemSet></newsMessage>");
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].request.article().title(), "Ferry aground");
  EXPECT_THAT(Message(items[1]), HasSubstr("itemMeta"));
  EXPECT_EQ(items[2].request.article().text(), "Words.");
}

TEST(NewsMl, ReadsAPackageAsWhatItPointsTo) {
  const auto article = ReadOne(R"(<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:p" version="1">
    <itemMeta><itemClass qcode="ninat:composite"/><provider literal="Wire"/><versionCreated>2025-09-03T05:00:00Z
    </versionCreated></itemMeta><contentMeta><headline>Top stories</headline></contentMeta>
    <groupSet root="a"><group id="a"><itemRef residref="urn:x:1"><title>Ferry</title><description>Aground.</description>
    </itemRef><group id="b"><itemRef residref="urn:x:2"><title>Dam</title></itemRef></group></group></groupSet></packageItem>)");
  EXPECT_EQ(article.title(), "Top stories");
  EXPECT_EQ(article.html(), "<h2>Ferry</h2><p>Aground.</p><h2>Dam</h2>");
  EXPECT_EQ(article.attributes().at("type"), "composite");
  EXPECT_EQ(article.attributes().at("feed.content"), "summary");
}

TEST(NewsMl, SaysThatNewsMl1IsNotRead) {
  EXPECT_THAT(Message(ReadAll("<?xml version=\"1.0\"?><NewsML Version=\"1.2\"><NewsItem/></NewsML>").at(0)),
              HasSubstr("NewsML-G2"));
}

TEST(Nitf, ReadsADocument) {
  const auto article = ReadOne(R"(<?xml version="1.0"?><nitf><head><title>Dam cracks</title>
    <docdata management-status="usable"><correction info="Name of the mayor"/><doc-id regsrc="WIRE" id-string="77"/>
    <date.issue norm="20250621T100000Z"/><date.release norm="20250621T180000Z"/><urgency ed-urg="2"/>
    <key-list><keyword key="dam"/></key-list><doc.copyright year="2025" holder="Wire"/></docdata>
    <pubdata name="Orvane Post" position.section="Region"/></head><body><body.head><hedline><hl1>Crack in the dam</hl1>
    <hl2>Valley waits</hl2></hedline><byline>By <person>Tomasz Wielgo</person><byttl>Staff</byttl></byline>
    <dateline><location>ORVANE</location></dateline></body.head>
    <body.content><p>A crack.</p><media media-type="image"><media-reference source="https://i.example/d.jpg"/>
    <media-caption>The dam</media-caption></media></body.content></body></nitf>)");
  EXPECT_EQ(article.id(), "WIRE:77");
  EXPECT_EQ(article.title(), "Crack in the dam");
  EXPECT_EQ(article.subtitle(), "Valley waits");
  EXPECT_EQ(article.section(), "Region");
  EXPECT_EQ(article.source(), "Orvane Post");
  EXPECT_THAT(article.authors(), ElementsAre("Tomasz Wielgo"));
  EXPECT_THAT(article.tags(), ElementsAre("dam"));
  EXPECT_EQ(article.published_time().seconds(), 1750500000);
  EXPECT_EQ(article.embargo_time().seconds(), 1750528800);
  EXPECT_TRUE(article.corrected());
  EXPECT_EQ(article.attributes().at("correction"), "Name of the mayor");
  EXPECT_EQ(article.attributes().at("dateline"), "ORVANE");
  EXPECT_EQ(article.image_url(), "https://i.example/d.jpg");
  EXPECT_THAT(article.html(), HasSubstr("<p>A crack.</p><figure>"));
}

TEST(Nitf, KnowsItsStates) {
  const auto with = [](const std::string& status) {
    return "<nitf><head><docdata management-status=\"" + status +
           "\"><doc-id id-string=\"7\" "
           "regsrc=\"W\"/></docdata></head><body><body.content><p>x</p></body.content></body>"
           "</nitf>";
  };
  EXPECT_TRUE(ReadOne(with("withheld")).withheld());
  EXPECT_EQ(ReadAll(with("canceled")).at(0).request.deletion().id(), "W:7");
}

}  // namespace
}  // namespace broadsheet::cli
