#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/clean/edited_text.h"
#include "ingest/enrich/dateline.h"
#include "ingest/enrich/head.h"
#include "ingest/enrich/title.h"

namespace broadsheet::ingest {

// What the text of an article says of itself around its paragraphs.
struct Structure {
  std::vector<std::string> authors;
  std::string byline;  // the words that name the authors, or that name none
  Dateline dateline;
  std::string dateline_words;
};

// Reads who wrote the text and where, and takes out of the body what is no part of its paragraphs: the title (its line
// points into `head`), the lines above it, bylines, lines that are nothing but a
// date (only if `is_dated`: a date that was not understood stays), the note on the writer. The dateline stays. `head`
// is ReadHead(body). Every cut is an edit of the rule "title", "head-line", "byline" or "date-line".
Structure TakeStructure(const std::vector<HeadLine>& head, const FoundTitle& title, bool is_dated, EditedText& body);

}  // namespace broadsheet::ingest
