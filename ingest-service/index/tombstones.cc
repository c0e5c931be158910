#include "ingest/index/tombstones.h"

#include <string>

#include "common/schema/field.h"
#include "common/schema/term.h"

namespace broadsheet::ingest {

std::vector<Xapian::docid> FindOldTombstones(const Xapian::Database& database, absl::Time before) {
  const std::string cutoff = DeletionDayTerm(before);
  const std::string prefix(kDeletionDayPrefix);
  std::vector<Xapian::docid> old;
  for (auto day = database.allterms_begin(prefix); day != database.allterms_end(prefix) && *day < cutoff; ++day) {
    old.insert(old.end(), database.postlist_begin(*day), database.postlist_end(*day));
  }
  return old;
}

}  // namespace broadsheet::ingest
