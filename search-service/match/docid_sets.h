#pragma once

#include <cstddef>
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

// The place of the first one from `docid` on, not before `from`: in steps that double, then by halves.
size_t Gallop(DocidSpan docids, size_t from, Xapian::docid docid);

}  // namespace broadsheet::search
