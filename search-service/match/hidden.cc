#include "search/match/hidden.h"

#include <algorithm>

#include "common/index/superseded.h"
#include "search/match/docid_source.h"
#include "search/match/embargo.h"

namespace broadsheet::search {
namespace {

// Skipping to a posting costs about as much as reading so many.
constexpr size_t kPostingsOfASkip = 8;

}  // namespace

Xapian::Query WithoutSuperseded(const Xapian::Query& matching, const Reader& reader) {
  if (reader.superseded().empty()) return matching;
  return {Xapian::Query::OP_AND_NOT, matching, AnyOfDocuments(reader.superseded_by_database())};
}

Xapian::Query WithoutHidden(const Xapian::Query& matching, const Reader& reader, absl::Time now) {
  return WithoutEmbargoed(WithoutSuperseded(matching, reader), reader.database(), now);
}

std::vector<Xapian::docid> FindHidden(const Reader& reader, absl::Time now) {
  std::vector<Xapian::docid> hidden = FindEmbargoed(reader.database(), now);
  MergeDocids(reader.superseded(), hidden);
  return hidden;
}

Xapian::doccount CountWith(const Xapian::Database& database, const std::vector<Xapian::docid>& docids,
                           const std::string& term) {
  if (docids.empty()) return 0;
  Xapian::doccount count = 0;
  auto place = database.postlist_begin(term);
  if (database.get_termfreq(term) < kPostingsOfASkip * docids.size()) {
    for (auto docid = docids.begin(); place != database.postlist_end(term); ++place) {
      docid = std::lower_bound(docid, docids.end(), *place);
      if (docid == docids.end()) break;
      if (*docid == *place) ++count;
    }
    return count;
  }
  for (Xapian::docid docid : docids) {
    if (place == database.postlist_end(term)) break;
    place.skip_to(docid);
    if (place == database.postlist_end(term)) break;
    if (*place == docid) ++count;
  }
  return count;
}

}  // namespace broadsheet::search
