#include "search/match/occurrences.h"

#include <optional>
#include <utility>

namespace broadsheet::search {
namespace {

using Place = std::pair<Xapian::PostingIterator, Xapian::PostingIterator>;  // in the list of a shard, and its end

}  // namespace

std::vector<Xapian::termcount> OccurrencesOf(const std::string& term, std::span<const Xapian::docid> docids,
                                             const Reader& reader) {
  std::vector<Xapian::termcount> counts(docids.size(), 0);
  if (reader.frequencies().Of(term) == 0) return counts;
  std::vector<std::optional<Place>> places(reader.shards().size());
  for (size_t i = 0; i < docids.size(); ++i) {
    const ShardDocid document = reader.InShard(docids[i]);
    std::optional<Place>& place = places[document.shard];
    if (!place.has_value()) {
      const Xapian::Database& shard = reader.shards()[document.shard].database;
      place.emplace(shard.postlist_begin(term), shard.postlist_end(term));
    }
    auto& [posting, end] = *place;
    if (posting == end) continue;
    posting.skip_to(document.docid);
    if (posting != end && *posting == document.docid) counts[i] = posting.get_wdf();
  }
  return counts;
}

}  // namespace broadsheet::search
