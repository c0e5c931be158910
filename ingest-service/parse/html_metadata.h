#pragma once

#include <libxml/tree.h>

#include "ingest/parse/parsed_article.h"

namespace broadsheet::ingest {

// What a page says about its article, and whether it says that it holds one.
struct PageMetadata {
  Markup markup;
  bool says_article = false;  // by JSON-LD or og:type
  std::string linked_body;    // the text as JSON-LD repeats it; may be empty or cut
};

// Reads the metadata of a page: for each field JSON-LD first, then OpenGraph and other meta elements, then time
// elements, links and what calls itself headline or byline in the page. Thread-safe.
PageMetadata ReadMetadata(const xmlNode* root);

}  // namespace broadsheet::ingest
