#pragma once

#include <memory>

#include "search/index/reader.h"
#include "xapian.h"

namespace broadsheet::search {

// Matches these documents and no others, without weight. Where they are the rarest of what a query asks for, the engine
// goes by them.
Xapian::Query AnyOfDocuments(std::shared_ptr<const DocidsByDatabase> documents);

}  // namespace broadsheet::search
