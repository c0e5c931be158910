#pragma once

#include <span>
#include <vector>

#include "xapian.h"

// Sets of the docids of one shard: ascending, each once.
namespace broadsheet::search {

using Docids = std::vector<Xapian::docid>;
using DocidSpan = std::span<const Xapian::docid>;

// `size` is above every docid.
Docids UnionOf(const std::vector<DocidSpan>& parts, Xapian::docid size);

// `rare` has no more than `frequent`.
Docids Intersection(DocidSpan rare, DocidSpan frequent);

}  // namespace broadsheet::search
