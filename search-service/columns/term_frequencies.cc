#include "search/columns/term_frequencies.h"

namespace broadsheet::search {

Xapian::doccount TermFrequencies::Of(const std::string& term) {
  if (auto known = known_.find(term); known != known_.end()) return known->second;
  const Xapian::doccount articles = database_.get_termfreq(term);
  if (known_.size() >= kMostTerms) known_.clear();
  known_.emplace(term, articles);
  return articles;
}

}  // namespace broadsheet::search
