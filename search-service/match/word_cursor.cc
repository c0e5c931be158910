#include "search/match/word_cursor.h"

#include <algorithm>

namespace broadsheet::search {

double WordCursor::MostOf(size_t block) const {
  if (!word_->bm25.has_value()) return 0;
  const DecodedPostings::Block& bound = postings_->blocks[block];
  return word_->scale * word_->bm25->Of(bound.most_count, bound.least_length);
}

double WordCursor::Most() const {
  double most = 0;
  for (size_t block = 0; block < postings_->blocks.size(); ++block)
    most = std::max(most, MostOf(block));
  return most;
}

}  // namespace broadsheet::search
