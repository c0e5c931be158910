#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "search/index/reader.h"
#include "xapian.h"

// What no reader may find in a snapshot: articles under embargo (embargo.h), and documents that others supersede
// (Reader::superseded). Where there are none of either, none of this costs anything. Xapian's exceptions pass through.
namespace broadsheet::search {

// `matching` without what is hidden at `now`.
Xapian::Query WithoutHidden(const Xapian::Query& matching, const Reader& reader, absl::Time now);

// `matching` without superseded documents.
Xapian::Query WithoutSuperseded(const Xapian::Query& matching, const Reader& reader);

// All that is hidden at `now`, tombstones too, ascending.
std::vector<Xapian::docid> FindHidden(const Reader& reader, absl::Time now);

// How many of `docids`, which ascend, have a term.
Xapian::doccount CountWith(const Xapian::Database& database, const std::vector<Xapian::docid>& docids,
                           const std::string& term);

}  // namespace broadsheet::search
