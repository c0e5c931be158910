#include "search/follow/chosen_documents.h"

#include <algorithm>
#include <memory>

#include "search/match/deadline_source.h"
#include "search/match/docid_source.h"

namespace broadsheet::search {
namespace {

std::shared_ptr<const DocidsByDatabase> ByShard(Reader& reader, const std::vector<Xapian::docid>& docids) {
  auto chosen = std::make_shared<DocidsByDatabase>();
  for (Xapian::docid docid : docids) {
    const ShardDocid place = reader.InShard(docid);
    (*chosen)[reader.shards()[place.shard].database.get_uuid()].push_back(place.docid);
  }
  for (auto& [uuid, own] : *chosen)
    std::sort(own.begin(), own.end());
  return chosen;
}

}  // namespace

std::vector<bool> WhichMatch(Reader& reader, const Xapian::Query& matching, const std::vector<Xapian::docid>& docids,
                             const CallContext& context) {
  std::vector<bool> matches(docids.size());
  if (docids.empty()) return matches;
  const Xapian::Query chosen = AnyOfDocuments(ByShard(reader, docids));
  Xapian::Enquire enquire(reader.database());
  enquire.set_query(WithDeadline({Xapian::Query::OP_FILTER, matching, chosen}, context));
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  const Xapian::MSet set = enquire.get_mset(0, static_cast<Xapian::doccount>(docids.size()));
  std::vector<Xapian::docid> found(set.size());
  for (Xapian::doccount i = 0; i < set.size(); ++i)
    found[i] = *set[i];
  std::sort(found.begin(), found.end());
  for (size_t i = 0; i < docids.size(); ++i)
    matches[i] = std::binary_search(found.begin(), found.end(), docids[i]);
  return matches;
}

}  // namespace broadsheet::search
