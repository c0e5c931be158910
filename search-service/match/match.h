#pragma once

#include "search/match/place.h"
#include "search/match/score.h"
#include "xapian.h"

namespace broadsheet::search {

struct Match {
  Xapian::docid docid = 0;  // of the snapshot
  double score = 0;         // what `parts` come to; 0 in the orders by date
  Place place;              // unless it was found by FindByRelevance
  ScoreParts parts;
};

}  // namespace broadsheet::search
