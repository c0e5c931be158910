#include "search/match/embargo.h"

#include <string>

#include "common/schema/encoding.h"
#include "common/schema/field.h"

namespace broadsheet::search {
namespace {

Xapian::valueno Slot() {
  return static_cast<Xapian::valueno>(GetField(FieldId::kEmbargoTime).slot);
}

// The least value that lies ahead: slots hold whole microseconds, and an article is found at its very embargo_time.
std::string Ahead(absl::Time now) {
  return EncodeTime(now + absl::Microseconds(1));
}

}  // namespace

bool HasEmbargoes(const Xapian::Database& database, absl::Time now) {
  return database.get_value_upper_bound(Slot()) >= Ahead(now);
}

Xapian::Query WithoutEmbargoed(const Xapian::Query& matching, const Xapian::Database& database, absl::Time now) {
  if (!HasEmbargoes(database, now)) return matching;
  return {Xapian::Query::OP_AND_NOT, matching, Xapian::Query(Xapian::Query::OP_VALUE_GE, Slot(), Ahead(now))};
}

bool IsEmbargoed(const Xapian::Database& database, Xapian::docid docid, absl::Time now) {
  return database.get_document(docid, Xapian::DOC_ASSUME_VALID).get_value(Slot()) >= Ahead(now);
}

std::vector<Xapian::docid> FindEmbargoed(const Xapian::Database& database, absl::Time now) {
  std::vector<Xapian::docid> found;
  if (!HasEmbargoes(database, now)) return found;
  const std::string ahead = Ahead(now);
  for (auto value = database.valuestream_begin(Slot()); value != database.valuestream_end(Slot()); ++value) {
    if (*value >= ahead) found.push_back(value.get_docid());
  }
  return found;
}

}  // namespace broadsheet::search
