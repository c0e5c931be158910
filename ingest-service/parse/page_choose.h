#pragma once

#include <vector>

#include "ingest/parse/page_runs.h"
#include "ingest/parse/page_tree.h"

namespace broadsheet::ingest {

// The element whose text would have the best F-measure if all running text of the page were the article and all other
// text were not; elements that call themselves the text of the article are preferred. 0, the whole page, when nothing
// is better.
int32_t ChooseArticle(const PageTree& tree, const std::vector<Gain>& gains);

}  // namespace broadsheet::ingest
