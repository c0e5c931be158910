#pragma once

#include <vector>

#include "absl/time/time.h"
#include "xapian.h"

// Articles whose embargo_time lies ahead: they are in the index, complete, and no reader may learn of them before that
// instant. The clock alone lets them out. Where no shard has an embargo_time that lies ahead, which the bounds of the
// value slot say, none of this costs anything. Xapian's exceptions pass through.
namespace broadsheet::search {

// Whether any article may be under embargo at `now`.
bool HasEmbargoes(const Xapian::Database& database, absl::Time now);

// `matching` without what is under embargo at `now`.
Xapian::Query WithoutEmbargoed(const Xapian::Query& matching, const Xapian::Database& database, absl::Time now);

bool IsEmbargoed(const Xapian::Database& database, Xapian::docid docid, absl::Time now);

// All that is under embargo at `now`, ascending.
std::vector<Xapian::docid> FindEmbargoed(const Xapian::Database& database, absl::Time now);

}  // namespace broadsheet::search
