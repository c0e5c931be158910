#pragma once

#include "broadsheet/v1/search.pb.h"
#include "common/base/call_context.h"
#include "search/columns/shard_columns.h"
#include "search/index/reader.h"
#include "search/match/date_pager.h"
#include "search/match/page.h"
#include "xapian.h"

// A sealed shard has the article published last first (ingest/index/seal.h): the newest matches are found without a
// look at the others.
namespace broadsheet::search {

// Whether a query asks for a page of the newest matches and for nothing that takes all of them.
bool AsksForNewest(const SearchQuery& query);

// Whether it is worth to look at the newest matches only: most articles are in sealed shards, and many match, by the
// engine's estimate.
bool IsWorthwhile(const Xapian::Query& matching, const Reader& reader);

// Shows `pager`, of a query for the newest first, the matches of each shard: of a sealed one those from its newest
// article on, until no other can be on the page and `counted` were seen; all of the others. The total is exact when
// none was left before its end, else an estimate from what was seen. All must outlive it; `columns` are those of the
// reader's snapshot. It stops at the deadline: StatusException; Xapian's exceptions pass through.
v1::Total ShowNewest(const Xapian::Query& matching, Reader& reader, const ColumnSet& columns,
                     const CallContext& context, DatePager& pager, int64_t counted = kCountedMatches);

}  // namespace broadsheet::search
