#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::ingest {

// Where the values of Markup were found, in a few words for FieldOrigin.evidence: "JSON-LD headline", "og:title".
struct MarkupEvidence {
  std::string_view title;
  std::string_view subtitle;
  std::string_view authors;
  std::string_view section;
  std::string_view tags;
  std::string_view site;
  std::string_view language;
  std::string_view canonical_url;
  std::string_view image_url;
};

// Words of a page that may be the date of its article.
struct PageDate {
  std::string words;
  std::string_view from;      // as in MarkupEvidence
  bool firm = false;          // written for programs to read
  bool may_be_clock = false;  // of the page: stands where the day of the visit does, too
};

// What the markup of an article says about it; empty where it says nothing. Lists keep to RawArticle's limits.
struct Markup {
  std::string title;
  std::vector<PageDate> published;  // what may say when, likely ones first
  std::string language;
  std::string canonical_url;
  std::string subtitle;
  std::vector<std::string> authors;
  std::string updated;  // a date in the page's own words
  std::string section;
  std::vector<std::string> tags;
  std::string site;
  std::string image_url;
  MarkupEvidence from;
};

// The first type of the pipeline: the writer's article, valid, with its content as plain text. Paragraphs taken from
// Markdown and HTML are separated by blank lines; items of a list and rows of a table by single line ends.
struct ParsedArticle {
  v1::RawArticle raw;
  std::string text;
  Markup markup;
};

}  // namespace broadsheet::ingest
