#include "search/match/word_cursor.h"

#include <algorithm>

namespace broadsheet::search {

double WordCursor::Most() const {
  double most = 0;
  for (const DecodedPostings::Block& block : postings_->blocks)
    most = std::max(most, MostOf(block));
  return most;
}

}  // namespace broadsheet::search
