#include "search/columns/term_frequencies.h"

#include <utility>

namespace broadsheet::search {
namespace {

Xapian::doccount Count(const std::vector<Xapian::Database>& shards, const std::string& term) {
  Xapian::doccount articles = 0;
  for (const Xapian::Database& shard : shards)
    articles += shard.get_termfreq(term);
  return articles;
}

}  // namespace

Xapian::doccount TermFrequencies::Of(const std::string& term) {
  auto place = known_.find(term);
  if (place == known_.end()) {
    const Known found{Count(cold_, term), Count(hot_, term), snapshot_};
    if (known_.size() >= kMostTerms) known_.clear();
    place = known_.emplace(term, found).first;
  } else if (place->second.snapshot != snapshot_) {
    place->second.hot = Count(hot_, term);
    place->second.snapshot = snapshot_;
  }
  return place->second.cold + place->second.hot;
}

void TermFrequencies::Start(std::vector<Xapian::Database> cold, std::vector<Xapian::Database> hot) {
  cold_ = std::move(cold);
  hot_ = std::move(hot);
  known_.clear();
}

}  // namespace broadsheet::search
