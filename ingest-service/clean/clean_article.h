#pragma once

#include "ingest/clean/edited_text.h"
#include "ingest/parse/parsed_article.h"

namespace broadsheet::ingest {

// The second type of the pipeline: the text clean, with every change on record.
struct CleanArticle {
  v1::RawArticle raw;
  EditedText body;
  Markup markup;
};

}  // namespace broadsheet::ingest
