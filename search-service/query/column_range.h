#pragma once

#include <cstdint>

#include "common/schema/field.h"
#include "search/columns/shard_columns.h"
#include "xapian.h"

namespace broadsheet::search {

// Articles whose number or time lies in [min, max], for the right side of OP_FILTER: each candidate is looked up in the
// column, where OP_VALUE_RANGE would read the values of every document; a range that few articles are in is walked
// through instead. `columns` are those of the snapshot that is matched; `field` has numbers (HasNumbers).
Xapian::Query InColumnRange(const ColumnSet& columns, const Field& field, int64_t min, int64_t max);

}  // namespace broadsheet::search
