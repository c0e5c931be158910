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
};

// Takes the text and the metadata out of an HTML page or fragment in UTF-8. Scripts, styles, navigation, forms, footers
// and the like are left out by the names of their elements; what is left is the whole page, not only its article.
// Titles: og:title, else the only h1, else the title element without the site's name. Dates: article:published_time
// and its like, else the first time element. INVALID_ARGUMENT when elements are nested deeper than 250. Thread-safe.
absl::StatusOr<MarkupText> ReadHtml(std::string html);

}  // namespace broadsheet::ingest
