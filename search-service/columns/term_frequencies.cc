#include "search/columns/term_frequencies.h"

#include <utility>

namespace broadsheet::search {

Xapian::doccount TermFrequencies::Of(const std::string& term) {
  auto place = known_.find(term);
  if (place == known_.end()) {
    const Known found{cold_.get_termfreq(term), hot_.get_termfreq(term), snapshot_};
    if (known_.size() >= kMostTerms) known_.clear();
    place = known_.emplace(term, found).first;
  } else if (place->second.snapshot != snapshot_) {
    place->second.hot = hot_.get_termfreq(term);
    place->second.snapshot = snapshot_;
  }
  return place->second.cold + place->second.hot;
}

void TermFrequencies::Start(Xapian::Database cold, Xapian::Database hot) {
  cold_ = std::move(cold);
  hot_ = std::move(hot);
  known_.clear();
}

}  // namespace broadsheet::search
