#pragma once

#include <vector>

#include "ingest/parse/page_runs.h"
#include "ingest/parse/page_tree.h"

namespace broadsheet::ingest {

// What the text inside an element looks like as a whole.
struct Shape {
  int weight = 0;  // as of TextRun
  int linked = 0;
  int runs = 0;
  int headlines = 0;   // runs that are links and long enough for a headline
  double prose = 0;    // as of Gain
  double before = 0;   // the part of it before the first headline
  double after = 0;    // after the last one
  double longest = 0;  // without a headline in between
};

// Sums for every node over what is inside it and not dropped. Linear.
std::vector<Shape> SumShapes(const PageTree& tree);

// Headlines that link to other articles, each with at most a few words about it.
bool IsTeaserList(const Shape& shape);

// Whether more is told between two headlines than a teaser does.
bool HoldsStory(const Shape& shape);

}  // namespace broadsheet::ingest
