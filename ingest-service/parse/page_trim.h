#pragma once

#include "ingest/parse/page_tree.h"

namespace broadsheet::ingest {

// Drops, inside the element that holds the article, what by its shape is not its text: boxes and paragraphs that are
// little but links, what stands before the first and after the last running text, and headings of sections of which
// nothing is left.
void Trim(int32_t article, PageTree& tree);

}  // namespace broadsheet::ingest
