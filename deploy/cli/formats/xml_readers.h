#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>

#include "cli/formats/article_fields.h"

// One item of each XML format as an article. `item` stands in its document, so that languages and base addresses are
// inherited. Thread-safe.
namespace broadsheet::cli {

// What a feed says of itself and so of its items.
struct FeedHead {
  std::string title;
  std::string address;  // of the site
  std::string language;
  std::string rights;
  std::string author;
};

// The head of an RSS or RDF document (its channel) or of an Atom feed. `root` may be nullptr.
FeedHead ReadChannel(const xmlNode* root);
FeedHead ReadAtomHead(const xmlNode* feed);

// RSS 0.9 to 2.0 and 1.0 with the modules for content, Dublin Core, media, iTunes and slash.
Reading ReadRssItem(const xmlNode* item, const FeedHead& head);

// Atom 0.3 and 1.0: an entry, or a deleted-entry (RFC 6721).
Reading ReadAtomEntry(const xmlNode* entry, const FeedHead& head);

// NewsML-G2: a newsItem or packageItem. Items about concepts, events and catalogues are no articles.
Reading ReadNewsItem(const xmlNode* item);

// NITF, as a document of its own.
Reading ReadNitf(const xmlNode* nitf);

// The words of a NITF document, for those that carry one: headline, byline and body where the article has none yet.
void ReadNitfBody(const xmlNode* nitf, v1::RawArticle& article);

}  // namespace broadsheet::cli
