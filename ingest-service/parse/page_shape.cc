#include "ingest/parse/page_shape.h"

#include <algorithm>

namespace broadsheet::ingest {
namespace {

constexpr int kTeasers = 3;
constexpr int kHeadline = 18;           // weight, at least
constexpr double kHeadlineLinks = 0.8;  // share of a linked headline that is link
constexpr double kStory = 450;          // weight of running text between two headlines that is more than a teaser
constexpr double kTeaserText = 230;     // weight of running text to each headline, at most

Shape ShapeOf(const TextRun& run, const PageTree& tree) {
  const bool headline = run.linked > kHeadlineLinks * run.weight && run.weight >= kHeadline;
  const double prose = GainOf(run, tree).prose;
  return {run.weight, run.linked, 1, headline ? 1 : 0, prose, prose, prose, prose};
}

// The shape of what stands one after the other.
Shape Join(const Shape& first, const Shape& second) {
  Shape both{first.weight + second.weight, first.linked + second.linked, first.runs + second.runs,
             first.headlines + second.headlines, first.prose + second.prose};
  both.before = first.headlines == 0 ? first.prose + second.before : first.before;
  both.after = second.headlines == 0 ? first.after + second.prose : second.after;
  both.longest = std::max({first.longest, second.longest, first.after + second.before});
  return both;
}

}  // namespace

std::vector<Shape> SumShapes(const PageTree& tree) {
  std::vector<Shape> sums(tree.size());
  for (const TextRun& run : ReadRuns(tree))
    sums[run.block] = Join(sums[run.block], ShapeOf(run, tree));
  for (auto at = static_cast<int32_t>(tree.size()) - 1; at > 0; --at)
    sums[tree[at].parent] = Join(sums[at], sums[tree[at].parent]);
  return sums;
}

bool HoldsStory(const Shape& shape) {
  return shape.longest >= kStory;
}

bool IsTeaserList(const Shape& shape) {
  return shape.headlines >= kTeasers && shape.prose < kTeaserText * shape.headlines;
}

}  // namespace broadsheet::ingest
