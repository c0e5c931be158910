#pragma once

#include <xapian.h>

#include <cstdint>
#include <vector>

#include "absl/time/time.h"

namespace broadsheet::ingest {

// The documents of deletions that may be forgotten.
struct OldTombstones {
  std::vector<Xapian::docid> docids;  // ascending
  int64_t newest_sequence = 0;        // of them; 0: there are none
};

// Those whose day ended before `before`. Xapian's exceptions pass through.
OldTombstones FindOldTombstones(const Xapian::Database& database, absl::Time before);

}  // namespace broadsheet::ingest
