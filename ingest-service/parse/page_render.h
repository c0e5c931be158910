#pragma once

#include <string>

#include "ingest/parse/page_tree.h"

namespace broadsheet::ingest {

// The text inside a node, but for what is dropped: paragraphs and headings separated by blank lines, list items and
// table rows on lines of their own ("- item", "1. item", "cell | cell").
std::string Render(int32_t root, const PageTree& tree);

}  // namespace broadsheet::ingest
