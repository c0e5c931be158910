#include "ingest/index/tombstones.h"

#include <algorithm>
#include <string>

#include "common/schema/encoding.h"
#include "common/schema/field.h"
#include "common/schema/term.h"

namespace broadsheet::ingest {

OldTombstones FindOldTombstones(const Xapian::Database& database, absl::Time before) {
  const std::string cutoff = DeletionDayTerm(before);
  const std::string prefix(kDeletionDayPrefix);
  OldTombstones old;
  for (auto day = database.allterms_begin(prefix); day != database.allterms_end(prefix) && *day < cutoff; ++day) {
    old.docids.insert(old.docids.end(), database.postlist_begin(*day), database.postlist_end(*day));
  }
  std::sort(old.docids.begin(), old.docids.end());
  const auto slot = static_cast<Xapian::valueno>(GetField(FieldId::kSequence).slot);
  for (Xapian::docid docid : old.docids) {
    old.newest_sequence = std::max(old.newest_sequence, DecodeNumber(database.get_document(docid).get_value(slot)));
  }
  return old;
}

}  // namespace broadsheet::ingest
