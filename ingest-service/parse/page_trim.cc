#include "ingest/parse/page_trim.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "ingest/parse/html_node.h"
#include "ingest/parse/page_runs.h"
#include "ingest/parse/page_shape.h"

namespace broadsheet::ingest {
namespace {

constexpr double kLinkBox = 0.5;        // share of links that makes a box a list of links
constexpr double kLinkParagraph = 0.8;  // the same for a paragraph of its own
constexpr int kFewParagraphs = 2;
constexpr int kSubtitle = 45;  // weight of a heading that says more than the name of a section

bool Goes(const PageNode& node, const Shape& shape) {
  if (!IsBlockTag(node.tag)) return false;
  if (shape.weight == 0 || node.tag == Tag::kCell || node.tag == Tag::kRow) return false;
  return shape.linked > (shape.runs > 1 ? kLinkBox : kLinkParagraph) * shape.weight;
}

bool IsInList(const TextRun& run, const PageTree& tree) {
  for (int32_t at = run.block; at > 0; at = tree[at].parent) {
    const Tag tag = tree[at].tag;
    if (tag == Tag::kItem || tag == Tag::kCell || tag == Tag::kVerbatim) return true;
    if (tag != Tag::kParagraph && tag != Tag::kBlock) return false;
  }
  return false;
}

bool IsHeading(const TextRun& run, const PageTree& tree) {
  return tree[run.block].tag == Tag::kHeading || tree[run.block].tag == Tag::kTerm;
}

bool IsHeadline(const TextRun& run, const PageTree& tree) {
  return tree[run.block].tag == Tag::kHeading && Name(tree[run.block].xml) == "h1";
}

// The runs inside the article, and what becomes of them.
class Ends {
 public:
  Ends(int32_t article, PageTree& tree) : tree_(tree) {
    for (const TextRun& run : ReadRuns(tree)) {
      if (run.begin >= article && run.begin < tree[article].end) runs_.push_back(run);
    }
  }

  void Trim() {
    MarkBodies();
    const auto is_prose = [this](const TextRun& run) { return GainOf(run, tree_).prose > 0; };
    const auto first = std::find_if(runs_.begin(), runs_.end(), is_prose);
    if (first == runs_.end()) return;
    const auto last = std::find_if(runs_.rbegin(), runs_.rend(), is_prose).base();
    for (auto run = runs_.begin(); run != first; ++run) {
      const bool heads = IsHeading(*run, tree_) && (run + 1 == first || run->weight >= kSubtitle);
      if (IsHeadline(*run, tree_) || (!heads && !IsLine(*run))) Drop(*run);
    }
    auto end = last;
    for (auto run = last; run != runs_.end() && (IsHeading(*run, tree_) || IsLine(*run)); ++run) {
      if (IsLine(*run)) end = run + 1;
    }
    std::for_each(end, runs_.end(), [this](const TextRun& run) { Drop(run); });
  }

  // A heading with nothing below it, because that was dropped.
  void DropEmptySections() {
    for (size_t i = 0; i + 1 < runs_.size(); ++i) {
      const bool empty = IsHeading(runs_[i], tree_) && IsHeading(runs_[i + 1], tree_) &&
                         HasDropped(runs_[i].end, runs_[i + 1].begin) && LevelOf(runs_[i + 1]) <= LevelOf(runs_[i]);
      if (empty) Drop(runs_[i]);
    }
  }

 private:
  // Finds the elements that hold paragraphs of running text side by side.
  void MarkBodies() {
    for (const TextRun& run : runs_) {
      const bool is_prose = tree_[run.block].tag == Tag::kParagraph && GainOf(run, tree_).prose > 0;
      if (is_prose) ++paragraphs_[tree_[run.block].parent];
    }
  }

  // Whether a run is a line of a list or a table, or a short paragraph beside running text.
  bool IsLine(const TextRun& run) const {
    if (IsInList(run, tree_)) return true;
    const auto found = paragraphs_.find(tree_[run.block].parent);
    return tree_[run.block].tag == Tag::kParagraph && found != paragraphs_.end() && found->second >= kFewParagraphs;
  }

  void Drop(const TextRun& run) {
    for (int32_t at = run.begin; at < run.end; ++at) {
      if (tree_[at].tag == Tag::kText) tree_[at].dropped = true;
    }
  }

  bool HasDropped(int32_t begin, int32_t end) const {
    return std::any_of(tree_.begin() + begin, tree_.begin() + end, [](const PageNode& node) { return node.dropped; });
  }

  // "h2" -> '2'
  char LevelOf(const TextRun& run) const { return Name(tree_[run.block].xml).back(); }

  PageTree& tree_;
  std::vector<TextRun> runs_;
  absl::flat_hash_map<int32_t, int> paragraphs_;  // by the element around them
};

}  // namespace

void Trim(int32_t article, PageTree& tree) {
  const std::vector<Shape> shapes = SumShapes(tree);
  const int32_t end = tree[article].end;
  for (int32_t at = article + 1; at < end;) {
    PageNode& node = tree[at];
    if (!node.dropped) node.dropped = Goes(node, shapes[at]);
    at = node.dropped ? node.end : at + 1;
  }
  Ends(article, tree).Trim();
  Ends(article, tree).DropEmptySections();
}

}  // namespace broadsheet::ingest
