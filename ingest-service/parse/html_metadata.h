#pragma once

#include <libxml/tree.h>

#include "ingest/parse/parsed_article.h"

namespace broadsheet::ingest {

// What a page says of itself in its title, meta, link, time and html elements. Thread-safe.
Markup ReadMetadata(const xmlNode* root);

}  // namespace broadsheet::ingest
