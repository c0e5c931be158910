#pragma once

#include <cstdint>
#include <vector>

#include "ingest/clean/edited_text.h"
#include "ingest/parse/parsed_article.h"

namespace broadsheet::ingest {

// The second type of the pipeline: the text clean, with every change on record.
struct CleanArticle {
  v1::RawArticle raw;
  EditedText body;
  Markup markup;
  int64_t boilerplate_version = 0;          // of the learned lines it was held against; 0: none
  std::vector<uint64_t> boilerplate_lines;  // those that were cut, by id
};

}  // namespace broadsheet::ingest
