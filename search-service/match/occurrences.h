#pragma once

#include <span>
#include <string>
#include <vector>

#include "search/columns/shard_columns.h"
#include "search/index/reader.h"
#include "search/match/postings_cache.h"
#include "xapian.h"

namespace broadsheet::search {

// How often each of a few documents of reader.database() has a term, in the order of `docids`, which ascend. The list
// of a term is opened only in the shards that have some of them. `postings`, if given, are asked first; `columns` are
// those of the snapshot, or none. Xapian's exceptions pass through.
std::vector<Xapian::termcount> OccurrencesOf(const std::string& term, std::span<const Xapian::docid> docids,
                                             const Reader& reader, const ColumnSet& columns, PostingsCache* postings);

}  // namespace broadsheet::search
