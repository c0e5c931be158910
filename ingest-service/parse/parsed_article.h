#pragma once

#include <string>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::ingest {

// What the markup of an article says about it; empty where it says nothing.
struct Markup {
  std::string title;
  std::string published;  // a date in the page's own words
  std::string language;
  std::string canonical_url;
};

// The first type of the pipeline: the writer's article, valid, with its content as plain text. Paragraphs taken from
// Markdown and HTML are separated by blank lines; items of a list and rows of a table by single line ends.
struct ParsedArticle {
  v1::RawArticle raw;
  std::string text;
  Markup markup;
};

}  // namespace broadsheet::ingest
