#pragma once

#include <span>
#include <string>
#include <vector>

#include "search/index/reader.h"
#include "xapian.h"

namespace broadsheet::search {

// How often each of a few documents of reader.database() has a term, in the order of `docids`, which ascend. The list
// of a term is opened only in the shards that have some of them. Xapian's exceptions pass through.
std::vector<Xapian::termcount> OccurrencesOf(const std::string& term, std::span<const Xapian::docid> docids,
                                             const Reader& reader);

}  // namespace broadsheet::search
