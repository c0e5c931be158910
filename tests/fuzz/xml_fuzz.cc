// Whatever bytes come as a feed or wire document in XML (RSS, Atom, RDF, NewsML-G2, NITF): items or reasons.
#include "fuzz/read_items.h"
#include "fuzz/target.h"

namespace broadsheet::fuzz {
namespace {

Target MakeTarget() {
  Target target{"xml", {}, {}, [](std::string_view input) { ReadItems(input, cli::Format::kXml); }};
  target.seeds = {
      R"(<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Oster Herald</title><link>https://oster.example/</link>
<language>en-gb</language><item><title>Ferry &amp; levy</title><link>https://oster.example/1</link><guid>1</guid>
<pubDate>Sat, 21 Jun 2025 10:30:00 GMT</pubDate><dc:creator>Anna Brennick</dc:creator><category>Local</category>
<description>&lt;p&gt;The ferry sails.&lt;/p&gt;</description><content:encoded><![CDATA[<p>The ferry <b>sails</b>.</p>]]>
</content:encoded></item><item><title>Two</title><description>No link &nbsp; here</description></item></channel></rss>)",
      R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://alder.example/"><title>Alder Wire</title>
<id>urn:alder</id><updated>2025-06-21T10:00:00Z</updated><entry><title type="html">Die &lt;i&gt;F&amp;auml;hre</title>
<link href="f/1"/><id>tag:alder.example,2025:1</id><published>2025-06-21T10:00:00+02:00</published><author><name>Tom Oster
</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Sie f&#228;hrt.</p></div></content>
</entry></feed>)",
      R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel
rdf:about="x"><title>T</title></channel><item rdf:about="https://a.example/1"><title>One</title><description>Two.
</description></item></rdf:RDF>)",
      R"(<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:newsml:alder.example:1"
version="2" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><provider literal="Alder"/><versionCreated>
2025-06-21T10:00:00Z</versionCreated><embargoed>2025-06-22T10:00:00Z</embargoed><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>Levy rises</headline><by>By Anna Brennick</by><subject qcode="medtop:04000000"/></contentMeta>
<contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
<body.content><p>The levy rises.</p></body.content></body></nitf></inlineXML></contentSet></newsItem></itemSet>
</newsMessage>)",
      R"(<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><head><title>Levy</title><docdata><doc-id id-string="9"/>
<date.issue norm="20250621T100000Z"/></docdata></head><body><body.head><hedline><hl1>Levy rises</hl1></hedline><byline>
By A. Brennick</byline></body.head><body.content><block><p>The levy of <location>Oster</location> rises.</p></block>
</body.content></body></nitf>)",
      R"(<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><rss><channel><item><title>&d;</title></item></channel></rss>)",
  };
  for (const char* token : {"<rss>",
                            "<channel>",
                            "<item>",
                            "</item>",
                            "<entry>",
                            "</entry>",
                            "<title>",
                            "</title>",
                            "<![CDATA[",
                            "]]>",
                            "<!--",
                            "-->",
                            "<?x",
                            "?>",
                            "<!DOCTYPE a [",
                            "]>",
                            "<!ENTITY a \"b\">",
                            "&a;",
                            "&amp;",
                            "&#x41;",
                            "&nbsp;",
                            "<a:b ",
                            " xmlns:a=\"b\"",
                            " a=\"",
                            " a='b'",
                            "/>",
                            "</",
                            "<a>",
                            "</a>",
                            "<content type=\"xhtml\">",
                            "<feed>",
                            "</feed>",
                            "<description>",
                            "</description>",
                            "<newsItem>",
                            "</newsItem>",
                            "<nitf>",
                            "<p>",
                            "<link>",
                            "xml:lang=\"",
                            "xml:base=\"../\"",
                            "<rdf:RDF>",
                            "<guid>",
                            "<pubDate>"})
    target.tokens.emplace_back(token);
  return target;
}

}  // namespace

const Target& TheTarget() {
  static const Target* const target = new Target(MakeTarget());
  return *target;
}

}  // namespace broadsheet::fuzz
