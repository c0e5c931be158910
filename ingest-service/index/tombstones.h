#pragma once

#include <xapian.h>

#include <vector>

#include "absl/time/time.h"

namespace broadsheet::ingest {

// The documents of deletions whose day ended before `before`, in no order. Xapian's exceptions pass through.
std::vector<Xapian::docid> FindOldTombstones(const Xapian::Database& database, absl::Time before);

}  // namespace broadsheet::ingest
