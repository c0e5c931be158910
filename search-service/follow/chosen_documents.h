#pragma once

#include <vector>

#include "common/base/call_context.h"
#include "search/index/reader.h"
#include "xapian.h"

namespace broadsheet::search {

// Which of a few documents a query matches, as one flag each, in their order: `docids` are those of the reader's
// database() as a whole. The cost is that of looking at these documents, however many the query matches elsewhere.
// Stops at the caller's deadline. Xapian's exceptions pass through.
std::vector<bool> WhichMatch(Reader& reader, const Xapian::Query& matching, const std::vector<Xapian::docid>& docids,
                             const CallContext& context);

}  // namespace broadsheet::search
