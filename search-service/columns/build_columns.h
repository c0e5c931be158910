#pragma once

#include <cstdint>

#include "common/base/call_context.h"
#include "search/columns/shard_columns.h"

namespace broadsheet::search {

// The columns of the snapshot that `database`, one shard, has open. `base`, which may be null, are those of another
// revision of the same shard: then only what changed since is read, and the rest is copied. Which documents changed is
// told by their sequences, of which every version of an article has one of its own; sequences and originals are read
// whole.
//
// Throws StatusException when the caller gives up; Xapian's exceptions pass through (CatchXapian).
ShardColumns BuildColumns(const Xapian::Database& database, uint64_t revision, const ShardColumns* base,
                          const CallContext& context);

}  // namespace broadsheet::search
