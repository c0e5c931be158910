#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "common/base/call_context.h"
#include "search/index/reader.h"
#include "xapian.h"

namespace broadsheet::search {

inline constexpr size_t kMostPostingsRead = 20'000;

// Which end of a shard has its newest documents: one that was sealed begins with what was published last, any other
// ends with what was written last.
enum class NewestAt { kBegin, kEnd };

// The newest documents of a shard that have all of `all` and, unless it is empty, one of `any`, newest first: at most
// `most`, without `hidden`, which ascend. Looks at stretches of docids from the newest on, each four times as long as
// the one before, so that the cost is that of the newest matches; gives up after kMostPostingsRead entries of lists.
// One of the two must have terms. Stops at the deadline: StatusException; Xapian's exceptions pass through
// (CatchXapian).
std::vector<Xapian::docid> NewestWith(const Xapian::Database& database, const std::vector<std::string>& all,
                                      const std::vector<std::string>& any, const std::vector<Xapian::docid>& hidden,
                                      size_t most, const CallContext& context, NewestAt newest_at = NewestAt::kEnd);

// The same over all shards: of the newest of each those that were written last, as docids of reader.database(), like
// `hidden`.
std::vector<Xapian::docid> NewestWith(const Reader& reader, const std::vector<std::string>& all,
                                      const std::vector<std::string>& any, const std::vector<Xapian::docid>& hidden,
                                      size_t most, const CallContext& context);

}  // namespace broadsheet::search
