#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/call_context.h"
#include "search/index/reader.h"
#include "xapian.h"

namespace broadsheet::search {

// All matches of a query: four bytes each, and a bit for each docid of the index. Belongs to one snapshot. Xapian's
// exceptions pass through.
class DocidSet {
 public:
  // `matching` should have a deadline of its own (WithDeadline). Docids are those of reader.database().
  DocidSet(const Xapian::Query& matching, Reader& reader);

  int64_t size() const { return static_cast<int64_t>(docids_.size()); }

  // At most `most` of them, spread evenly, ascending.
  std::vector<Xapian::docid> Sample(size_t most) const;

  // How many have a term: exact. Reads its postings, or as many of them as the set has articles.
  int64_t CountWith(const Xapian::Database& database, const std::string& term) const;

 private:
  std::vector<Xapian::docid> docids_;  // ascending
  std::vector<bool> members_;          // by docid
};

}  // namespace broadsheet::search
