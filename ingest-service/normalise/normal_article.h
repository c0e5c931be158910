#pragma once

#include <string>
#include <vector>

#include "ingest/clean/edited_text.h"
#include "ingest/parse/parsed_article.h"

namespace broadsheet::ingest {

// The third type of the pipeline: every field that was given in its one form. Empty where nothing (usable) was given.
struct NormalArticle {
  v1::RawArticle raw;
  EditedText body;
  Markup markup;  // lines clean; lists, language and canonical_url in their one form, empty when not valid
  std::string title;
  std::string canonical_url;
  std::string source;
  std::string section;
  std::vector<std::string> authors;
  std::vector<std::string> tags;
  std::string published;  // in words
  std::string language;
  std::string subtitle;
  std::string image_url;
};

}  // namespace broadsheet::ingest
