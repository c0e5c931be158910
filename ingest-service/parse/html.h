#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ingest/parse/parsed_article.h"

namespace broadsheet::ingest {

// A document taken from its markup.
struct MarkupText {
  std::string text;
  Markup markup;
  bool lacks_article = false;  // a page of navigation and the like
};

// Takes the article's text and the metadata out of an HTML page or fragment in UTF-8 (main_content.h, html_metadata.h).
// A document with html, head or body elements or a document type is a page, every other a fragment, of which all text
// counts. INVALID_ARGUMENT when elements are nested deeper than 250. Linear; thread-safe.
absl::StatusOr<MarkupText> ReadHtml(std::string html);

}  // namespace broadsheet::ingest
