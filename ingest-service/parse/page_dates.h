#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>
#include <vector>

#include "ingest/parse/parsed_article.h"

namespace broadsheet::ingest {

// The dates that a page shows outside its metadata, in its own words, the one that is most likely that of publication
// first: elements that say so, then what stands below the headline before what stands elsewhere; time elements before
// elements that call themselves dates, these before mere text; last the text above the headline. Some may be no dates
// at all. `title` is what the title element says: it tells the headline from other headings. Linear; thread-safe.
std::vector<PageDate> FindShownDates(const xmlNode* root, std::string_view title);

}  // namespace broadsheet::ingest
