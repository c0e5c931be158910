#pragma once

#include <xapian.h>

#include <cstdint>

namespace broadsheet::ingest {

// The number under a key of a shard's metadata (common/schema/index_metadata.h). StatusException (DATA_LOSS,
// INDEX_CORRUPT) when there is none; Xapian's exceptions pass through.
int64_t NumberUnder(const Xapian::Database& shard, const char* key);

}  // namespace broadsheet::ingest
