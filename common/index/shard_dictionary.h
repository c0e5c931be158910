#pragma once

#include <xapian.h>

#include <memory>

#include "common/schema/article_dictionary.h"

namespace broadsheet {

// The dictionary of the stored articles of a shard (common/schema/stored_article.h); null when it has none. Xapian's
// exceptions pass through.
std::shared_ptr<const ArticleDictionary> ReadDictionary(const Xapian::Database& shard);

}  // namespace broadsheet
