#pragma once

#include "ingest/parse/page_tree.h"

namespace broadsheet::ingest {

// Which hints are believed.
struct Pruning {
  bool furniture = true;
  bool media = true;        // pictures with their captions, galleries, players
  bool hidden = true;       // what is not shown
  bool all_teasers = true;  // a page may be nothing but headlines of other articles
};

// Drops the parts of a page that are not its article's text: what hints call furniture, bylines and media, asides and
// footers, unless it holds a large share of all running text; doubtful boxes with little running text; pictures with
// their captions; lists of teasers.
void Prune(const Pruning& pruning, PageTree& tree);

}  // namespace broadsheet::ingest
